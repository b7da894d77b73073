import { isInDate } from '../../../directory/checks/freshness.ts'
import type { Service } from '../../../directory/service.ts'
import type { ServiceState } from '../../directory-wire.ts'

/** Why people see a service today, or do not: shown exactly where `isFresh` says so. */
export function stateOf(service: Service, today: string): ServiceState {
  if (service.visibility === 'staff_only') return 'notPublic'
  switch (service.status) {
    case 'draft':
    case 'closed':
      return service.status
    case 'temporarily_closed':
      return 'closedForNow'
    case 'active':
      if (isInDate(service, today)) return 'shown'
      return service.endsOn !== undefined && service.endsOn < today ? 'ended' : 'overdue'
  }
}
