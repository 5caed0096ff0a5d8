import { JsonError, StrictJson } from '../json/strict.ts'
import { WorkbookError, type WorkbookSheet } from './read-workbook.ts'

/** How the sandbox tells what it read, or why it did not. */
export function writeWorkbookJson(
  told: { readonly sheets: readonly WorkbookSheet[] } | { readonly error: string },
): string {
  return JSON.stringify(told)
}

/** @throws WorkbookError also where it is nothing that {@link writeWorkbookJson} writes */
export function readWorkbookJson(text: string): readonly WorkbookSheet[] {
  try {
    const root = StrictJson.parse(text)
    if (root.has('error')) throw new WorkbookError(root.at('error').text())
    return root.at('sheets').list((sheet) => ({
      name: sheet.at('name').text(),
      ...(sheet.has('hidden') && { hidden: true as const }),
      rows: sheet.at('rows').list((row) => ({
        number: row.at('number').count(),
        cells: row
          .at('cells')
          .list((cell) => ({ column: cell.at('column').count(), text: cell.at('text').text() })),
      })),
    }))
  } catch (error) {
    if (error instanceof JsonError)
      throw new WorkbookError(`the sandbox that read it ended early: ${error.message}`)
    throw error
  }
}
