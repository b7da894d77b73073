import { isInDate, todayIn } from '../../checks/freshness.ts'
import type { Service } from '../../service.ts'
import { type HsdsRecord, hsdsRecord, type HsdsWish } from './record.ts'

/**
 * The whole list as one page of an HSDS 3.0 service list, in one language: HSDS has no translations, so each language is a
 * file of its own. Only what is public goes out, no draft, and nothing that is overdue: whoever reads the file elsewhere
 * cannot know that nobody has dialled the number for a long time.
 */
export function hsdsRecords(wish: HsdsWish): HsdsRecord[] {
  const today = todayIn(wish.pack, wish.now)
  return wish.pack.services
    .filter((service) => isPublished(service, today))
    .map((service) => hsdsRecord(service, wish))
}

export function hsdsPage(contents: readonly HsdsRecord[]): HsdsRecord {
  return {
    total_items: contents.length,
    total_pages: 1,
    page_number: 1,
    size: contents.length,
    first_page: true,
    last_page: true,
    empty: contents.length === 0,
    contents,
  }
}

function isPublished(service: Service, today: string): boolean {
  if (service.visibility !== 'public' || service.status === 'draft') return false
  return service.status === 'closed' || isInDate(service, today)
}
