import { allBlocks, styledRuns } from './compose.ts'
import type { Block, PaperDocument, Runs } from './model.ts'

/** All that a document says, for tests that look for words. */
export function writtenIn(paper: PaperDocument): string {
  return textsIn(paper).join('\n')
}

/** The same, one for each heading, paragraph, item and cell. */
export function textsIn(paper: PaperDocument): readonly string[] {
  return [paper.title, paper.subtitle ?? '', ...allBlocks(paper).flatMap(texts)]
}

function texts(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text]
    case 'paragraph':
      return [plain(block.text)]
    case 'list':
      return block.items.map(plain)
    case 'table':
      return [...block.columns.map(({ title }) => title), ...block.rows.flatMap((row) => row.map(plain))]
    case 'page-break':
      return []
    case 'signature':
      return [block.notice, ...block.labels]
  }
}

function plain(runs: Runs): string {
  return styledRuns(runs)
    .map(({ text }) => text)
    .join('')
}
