import { t } from '../wording.ts'
import { shownNumber } from './in-words.ts'

/** The same numbers as a table, for whoever wants them or does not see bars. */

interface Props {
  title: string
  columns: readonly string[]
  rows: readonly { id: string; name: string; numbers: readonly (number | null)[] }[]
}

export function NumbersTable({ title, columns, rows }: Props) {
  return (
    <details>
      <summary>
        {t('board.table')}
        <span class="unseen">: {title}</span>
      </summary>
      <div class="scrolls" role="region" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, numbers }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {numbers.map((shown, at) => (
                  <td key={columns[at]} class={shown === null ? 'quiet' : undefined}>
                    {shownNumber(shown)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
