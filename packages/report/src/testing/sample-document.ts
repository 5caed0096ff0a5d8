import type { Language } from '@messlatte/model'
import type { Block, PaperDocument } from '../documents/model.ts'

const DIGEST = 'a3f1'.repeat(16)

/** A document with every kind of block, over several pages. */
export function sampleDocument(language: Language): PaperDocument {
  const german = language === 'de'
  const rows = Array.from({ length: 60 }, (_, at) => [
    `5.${at % 13}-${at}`,
    [
      german ? 'Größe „fünf“ – müßig, ≤ 3 € …' : 'Size “five” – idle, ≤ 3 € …',
      ' ',
      { text: 'bold', bold: true },
    ],
    [{ text: german ? 'fehlt: Beleg' : 'missing: proof', gap: true }],
    `fw.bin@0x40:squashfs/usr/sbin/${DIGEST}`,
  ])
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 1, text: german ? 'Überblick' : 'Overview' },
    { kind: 'paragraph', text: german ? 'Straße, Äpfel, § 5 · «Ölmaß» → 中' : 'Street, apples, § 5 · → 中' },
    { kind: 'paragraph', tone: 'gap', text: german ? 'Lücke: kein Prüfbericht' : 'Gap: no test report' },
    { kind: 'paragraph', tone: 'note', text: `SHA-256 ${DIGEST}` },
    { kind: 'list', ordered: false, items: ['one', [{ text: 'two', italic: true }, ', \nnext line']] },
    { kind: 'heading', level: 2, text: german ? 'Schritte' : 'Steps' },
    { kind: 'list', ordered: true, items: ['first', 'second'] },
    { kind: 'list', ordered: true, items: ['again first'] },
    { kind: 'heading', level: 2, text: german ? 'Anforderungen' : 'Provisions' },
    {
      kind: 'table',
      columns: [
        { title: german ? 'Nummer' : 'Number', width: 1 },
        { title: german ? 'Was' : 'What', width: 3 },
        { title: german ? 'Lücke' : 'Gap', width: 2 },
        { title: german ? 'Wo' : 'Where', width: 2 },
      ],
      rows,
    },
    { kind: 'heading', level: 1, text: german ? 'Angaben' : 'Facts' },
    {
      kind: 'table',
      columns: [
        { title: '', width: 1 },
        { title: '', width: 3 },
      ],
      rows: [['Evil\u202e', '<w:p>&"\u0000\n[x](javascript:alert(1))']],
    },
  ]
  return {
    language,
    title: german ? 'Technische Unterlagen' : 'Technical documentation',
    subtitle: 'Horizon Gateway',
    product: 'Horizon Gateway GW-1',
    date: '2026-11-28',
    author: 'Horizon GmbH',
    blocks,
    sources: [
      {
        id: 'cra',
        title: 'Regulation (EU) 2024/2847',
        status: german ? 'gilt ab 2027-12-11' : 'applies from 2027-12-11',
        url: 'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
        checked: '2026-11-22',
      },
      { id: 'bad', title: 'A bad link', status: 'x', url: 'javascript:alert(1)' },
    ],
    toSign: true,
  }
}
