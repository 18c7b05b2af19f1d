import { PageHeader } from '../../shell/PageHeader.tsx';

export const SettingsPage = () => <PageHeader title="Settings" />;
