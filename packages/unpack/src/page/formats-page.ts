import type { Format } from '../contract.ts'

/** The page about all formats, in Markdown, as their manifests have it. */
export function formatsPage(formats: readonly Format[]): string {
  const read = formats.filter((format) => format.recognisedOnly === undefined)
  const recognised = formats.filter((format) => format.recognisedOnly !== undefined)
  return [
    '# Formats',
    '',
    'Written by `npm run docs` out of the manifests in `packages/unpack/src/formats`; a test fails when it is stale.',
    '',
    `${read.length} formats are read.${recognised.length > 0 ? ` ${recognised.length === 1 ? 'One counts' : `${recognised.length} count`} as recognised only: what is published about them is followed, but there was no real or tool-made file to try a reader on.` : ''}`,
    '',
    'Packages that are one of these with a plan inside need no reader of their own and are opened as what they are: Nordic DFU, Android OTA (with its `payload.bin`), SDK and camera packages as ZIP; opkg as `ar` or gzip and tar; packs of XiongMai and Sofia recorders (`InstallDesc`) as ZIP and uImage; flash layouts of Ingenic, HiSilicon and SigmaStar cameras, behind their first boot stages, as uImage, SquashFS, JFFS2 and UBI one behind the other.',
    '',
    '*How found*: **anywhere** in other bytes, by a magic; at the **start** of a file or region only, because the magic is too weak to be searched for; **sought** by their structure in stretches that no magic claims; **first** of all, because they lie woven through everything else.',
    '',
    '| name | what | kind | how found | what it does not do |',
    '|---|---|---|---|---|',
    ...read.map(row),
    ...(recognised.length === 0
      ? []
      : ['', '## Recognised only', '', '| name | what | why |', '|---|---|---|']),
    ...recognised.map(
      (format) => `| \`${format.name}\` | ${cell(format.title)} | ${cell(format.recognisedOnly ?? '')} |`,
    ),
    '',
    ...NOT_OPENED,
    '',
    '## Where the layouts are described',
    '',
    ...formats.map((format) => `- \`${format.name}\`: ${format.references.join('; ')}`),
    '',
  ].join('\n')
}

/** What other open tools (unblob, binwalk 3, FACT) open and this does not, so that nobody takes silence for an answer. */
const NOT_OPENED = [
  '## Not opened',
  '',
  'Other open tools open these, and this one does not; what lies in them is told as unknown, or found where it has a magic of its own:',
  '',
  '- file systems and disks: QNX4',
  '- archives: zpaq',
  '- makers: D-Link DAP-1610, PostScript of Xerox with firmware in it, MaxLinear Puma 8 (its parts are found as uImage and device tree)',
]

function row(format: Format): string {
  const limits = format.limits.length === 0 ? 'nothing known' : format.limits.map(cell).join('<br>')
  return `| [\`${format.name}\`](../packages/unpack/src/formats/${format.name}/README.md) | ${cell(format.title)} | ${kindOf(format)} | ${placeOf(format)} | ${limits} |`
}

function kindOf(format: Format): string {
  switch (format.kind) {
    case 'container':
      return 'holds members'
    case 'stream':
      return 'one compressed content'
    case 'leaf':
      return 'holds nothing to unpack'
  }
}

function placeOf({ carve, candidates, magic, spreads }: Format): string {
  const ways = [
    ...(magic.length === 0 ? [] : [carve ? 'anywhere' : 'start']),
    ...(candidates ? ['sought'] : []),
    ...(spreads ? ['first'] : []),
  ]
  return ways.join(', ')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
