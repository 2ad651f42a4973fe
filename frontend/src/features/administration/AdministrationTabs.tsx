import { useNavigate } from '@tanstack/react-router'

import { Tabs } from '@/ui'

const TABS = [
  { key: '/administration/people', label: 'People' },
  { key: '/administration/audit-trail', label: 'Audit trail' },
] as const

type AdministrationView = (typeof TABS)[number]['key']

/** The views of the administration. */
export function AdministrationTabs({ current }: { readonly current: AdministrationView }) {
  const navigate = useNavigate()
  return <Tabs label="Administration views" tabs={TABS} current={current} onChange={(key) => void navigate({ to: key as AdministrationView })} />
}
