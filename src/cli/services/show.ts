import { changesInWords } from '../../directory/publishing/changes-in-words.ts'
import { plain, proposalLine } from './list.ts'
import { whyNot } from './outcome-in-words.ts'
import { idIn, withDirectory } from './with-directory.ts'

/** `lantern services show ID`: what would change for people and for the desk if this proposal went live now. */
export function run([text, ...more]: string[]): Promise<number> {
  const id = idIn(text)
  if (id === undefined || more.length > 0) {
    console.error('Usage: npm run -s lantern -- services show ID')
    return Promise.resolve(1)
  }
  return withDirectory(async (publishing) => {
    const review = await publishing.review(id)
    if (review.kind !== 'review') {
      for (const line of whyNot(review)) console.error(line)
      return 1
    }
    console.log(proposalLine(review.proposal).trim())
    if (review.note !== '') console.log(`Why: ${plain(review.note)}`)
    for (const line of changesInWords(review.changes)) console.log(plain(line))
    if (review.changes.services.length === 0 && review.hindrance === undefined)
      console.log('It changes nothing: all of it is live already.')
    if (review.hindrance !== undefined) {
      console.log('It cannot be published as it is:')
      for (const line of whyNot(review.hindrance)) console.log(plain(line))
    }
    return 0
  })
}
