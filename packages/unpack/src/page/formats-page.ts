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
    'Packages that are one of these with a plan inside need no reader of their own and are opened as what they are: Nordic DFU, Android OTA (with its `payload.bin`, or with partitions in lists of blocks), SDK and camera packages as ZIP; opkg as `ar` or gzip and tar; packs of XiongMai and Sofia recorders (`InstallDesc`) as ZIP and uImage; flash layouts of Ingenic, HiSilicon and SigmaStar cameras, behind their first boot stages, as uImage, SquashFS, JFFS2 and UBI one behind the other.',
    '',
    'With `--key FILE` (repeatable; never reported), what is encrypted for somebody is opened by who holds the key: a file for `swupdate -K` (SWUpdate); the private key of a recipient, or the key of the payload (RAUC); a private key in PEM or PKCS #8, or an AES key (MCUboot); the key of flash encryption, raw (ESP32 and later; NVS with its keys, too); a passphrase, or a key file (LUKS); the key that the tool of the vendor takes, raw or in hex (GBL, NXP, Bouffalo Lab, Beken, RBL, SHRS); the password, in UTF-8 (7z, ZIP, RAR, StuffIt 5). The page of each format says more.',
    '',
    'What was cut into several files is opened as one where all of them are handed in, lie in one folder of the release, or in one folder of something inside: `.001` `.002` and so on, `.part1`, `.partaa`, `.aa` and `xaa` as `7z -v` and `split` name them (all of one size but the last), ZIP over several disks (`.z01` … `.zip`), volumes of RAR, sets of cabinets, InstallShield cabinets with their header (`data1.hdr`, `data1.cab` …), split Windows images (`.swm`), and Android sparse chunks (`…sparsechunk.0`). In paths, it lies below `split` in the first of them. One that is missing is told by its name. Of parts inside other things, 512 MiB are held.',
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

/** What other open tools (unblob, binwalk 3, FACT, 7-Zip, innoextract, unshield) open and this does not, so that nobody takes silence for an answer. */
const NOT_OPENED = [
  '## Not opened',
  '',
  'Other open tools open these, and this one does not; what lies in them is told as unknown, or found where it has a magic of its own:',
  '',
  '- archives: zpaq, StuffIt X',
  '- installers: single programs of InstallShield; of Inno Setup, ANSI ones and those before 5.5.7',
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
