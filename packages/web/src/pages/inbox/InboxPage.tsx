import { PageHeader } from '../../shell/PageHeader.tsx';

export const InboxPage = () => <PageHeader title="Inbox" />;
