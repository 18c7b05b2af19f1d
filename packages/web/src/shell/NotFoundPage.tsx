import { Compass } from 'lucide-react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { AppLink } from './AppLink.tsx';
import { PageHeader } from './PageHeader.tsx';

/** What an address shows that leads nowhere. */
export const NotFoundPage = () => (
  <>
    <PageHeader title="Not found" />
    <EmptyState icon={<Compass size={24} />} title="There is no such page">
      <AppLink to="/">Go to the board</AppLink>
    </EmptyState>
  </>
);
