import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';

type Props = { to: string; className?: string | undefined; isCurrent?: boolean; title?: string; children: ReactNode };

/** The address of a page of the app in the same workspace; what else stands in the address belongs to the page that is left. */
export function useAppAddress(): (to: string) => string {
  const [search] = useSearchParams();
  const workspace = search.get('workspace');
  return (to) => {
    if (workspace === null) return to;
    const [page, part] = to.split('#');
    const address = `${page}${to.includes('?') ? '&' : '?'}${new URLSearchParams({ workspace }).toString()}`;
    return part === undefined ? address : `${address}#${part}`;
  };
}

/** A link to another page of the app. */
export function AppLink({ to, className, isCurrent = false, title, children }: Props) {
  const address = useAppAddress();
  return (
    <Link href={address(to)} className={className} title={title} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </Link>
  );
}
