import { PageHeader } from '../../shell/PageHeader.tsx';

export const ActivityPage = () => <PageHeader title="Activity" />;
