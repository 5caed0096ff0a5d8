import type { Language } from '@messlatte/model'
import { pick } from '../text.ts'
import { visible } from '../visible.ts'
import type { Block, DocumentSource, PaperDocument, Run, Runs } from './model.ts'
import { WORDS } from './words.ts'

/** All that stands on the pages below the title, in its order: both writers print the same. */
export function allBlocks(document: PaperDocument): readonly Block[] {
  return [
    ...document.blocks,
    ...sourcesBlocks(document),
    ...(document.toSign ? signatureBlocks(document.language) : []),
  ]
}

export type StyledRun = Exclude<Run, string>

/** Runs as both writers take them: what would steer a reader is shown, and only `https:` addresses are links. */
export function styledRuns(runs: Runs): readonly StyledRun[] {
  return (typeof runs === 'string' ? [runs] : runs).map((run) => {
    const { link, ...rest } = typeof run === 'string' ? { text: run } : run
    const text = rest.text.split('\n').map(visible).join('\n')
    return link?.startsWith('https://') ? { ...rest, text, link } : { ...rest, text }
  })
}

function sourcesBlocks({ sources, language }: PaperDocument): readonly Block[] {
  if (sources.length === 0) return []
  const say = (key: keyof typeof WORDS) => pick(WORDS[key], language)
  return [
    { kind: 'heading', level: 1, text: say('sources') },
    {
      kind: 'table',
      columns: [
        { title: say('source'), width: 5 },
        { title: say('status'), width: 2 },
        { title: say('checked'), width: 2 },
      ],
      rows: sources.map((source) => [sourceRuns(source), source.status, source.checked ?? '']),
    },
  ]
}

function sourceRuns({ id, title, url }: DocumentSource): Runs {
  const named: readonly Run[] = [{ text: id, bold: true }, `: ${title}`]
  return url === undefined ? named : [...named, '\n', { text: url, link: url }]
}

/** Places to sign, left empty, under a notice that nobody has signed. */
export function signatureBlocks(language: Language): readonly Block[] {
  const say = (key: keyof typeof WORDS) => pick(WORDS[key], language)
  return [
    { kind: 'heading', level: 1, text: say('signature') },
    {
      kind: 'signature',
      notice: say('unsigned'),
      labels: [say('placeAndDate'), say('nameAndFunction'), say('signed')],
    },
  ]
}
