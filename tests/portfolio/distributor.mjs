/**
 * A distributor's file of any size, with the answer that each row must have. The answers are written by hand, case by case, for
 * 28 November 2026 and a folder without results; rows differ in article, GTIN, batch and model alone.
 */
const HEAD = [
  'SKU',
  'GTIN',
  'Brand',
  'Model',
  'Has firmware',
  'Can be updated',
  'Radio equipment',
  'Role',
  'Market',
  'Supply',
  'Planned on',
  'Done on',
  'Placed on the market on',
  'Proof of the day',
  'Batch',
  'Stock',
  'Supplier',
  'Module',
  'Firmware version',
]

const CASES = [
  // Stock whose day of placing a document proves lies outside the German cut-off; radio law of 2025 looks at it still.
  { cells: { placed: '2026-03-01', proof: 'note', version: '1.0' }, answer: 'not-assessed', de: 'outside' },
  // Placed before the radio law as well: outside all.
  { cells: { placed: '2025-05-01', proof: 'note', version: '1.0' }, answer: 'outside', de: 'outside' },
  // No radio: only the German rule and the CRA are left.
  { cells: { radio: 'no', placed: '2026-03-01', proof: 'note' }, answer: 'outside', de: 'outside' },
  // Legacy stock that cannot be updated, placed before by proof: outside.
  {
    cells: { radio: 'no', updates: 'no', placed: '2024-03-01', proof: 'note' },
    answer: 'outside',
    de: 'outside',
  },
  // The same without proof: not assessed, and never barred.
  { cells: { radio: 'no', updates: 'no', placed: '2024-03-01' }, answer: 'not-assessed', de: 'not-assessed' },
  // Of a day that nobody knows.
  { cells: { radio: 'no', updates: 'no' }, answer: 'not-assessed', de: 'not-assessed' },
  // A bracket.
  { cells: { firmware: 'no' }, answer: 'outside', de: 'outside' },
  // The distributor's own import after the cut-off: a placing, of unknown firmware.
  {
    cells: { role: 'importer', kind: 'placing', planned: '2027-01-02', radio: 'no', version: '2.0' },
    answer: 'not-assessed',
    de: 'not-assessed',
  },
  // The same of what cannot be updated.
  {
    cells: { role: 'importer', kind: 'placing', planned: '2027-01-02', radio: 'no', updates: 'no' },
    answer: 'barred-as-reported',
    de: 'barred-as-reported',
  },
  // On the last free day: it may slip.
  {
    cells: { role: 'importer', kind: 'placing', planned: '2027-01-01', radio: 'no', updates: 'no' },
    answer: 'at-risk',
    de: 'at-risk',
  },
  // In France the German rule asks nothing.
  {
    cells: {
      role: 'importer',
      kind: 'placing',
      planned: '2027-01-02',
      radio: 'no',
      updates: 'no',
      market: 'FR',
    },
    answer: 'no-obstacle',
    de: '',
  },
  // After the CRA applies.
  {
    cells: {
      role: 'importer',
      kind: 'placing',
      planned: '2027-12-11',
      radio: 'no',
      updates: 'no',
      market: 'FR',
    },
    answer: 'barred',
    de: '',
  },
]

function gtin(number) {
  const thirteen = `09501102${String(number).padStart(5, '0')}`
  const sum = [...thirteen].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 1 : 3), 0)
  return `${thirteen}${(10 - (sum % 10)) % 10}`
}

/** Seven ways to break a row, with the cell that must be told. */
const BREAKS = [
  [1, (cells) => cells.with(1, `${cells[1].slice(0, -1)}${(Number(cells[1].at(-1)) + 1) % 10}`), 'B'],
  [2, (cells) => cells.with(8, 'Atlantis'), 'I'],
  [3, (cells) => cells.with(10, '2027-02-30'), 'K'],
  [4, (cells) => cells.with(0, ''), 'A'],
  [5, (cells) => cells.with(7, 'neighbour'), 'H'],
  [6, (cells) => cells.with(15, 'some'), 'P'],
  [7, (cells) => cells.with(11, '2031-01-01'), 'L'],
]

export function distributor(count, breaks = false) {
  const rows = [HEAD]
  const expected = []
  const broken = new Map(
    breaks
      ? BREAKS.map(([part, change, column]) => [Math.floor((count * part) / 8), { change, column }])
      : [],
  )
  const told = []
  for (let i = 0; i < count; i++) {
    const { cells, answer, de } = CASES[i % CASES.length]
    const made = [
      `D-${i}`,
      gtin(i),
      'Example',
      `X${i % 5000}`,
      cells.firmware ?? '',
      cells.updates ?? '',
      cells.radio ?? 'yes',
      cells.role ?? 'distributor',
      cells.market ?? 'DE',
      cells.kind ?? '',
      cells.planned ?? '',
      '',
      cells.placed ?? '',
      cells.proof ? `${cells.proof}-${i}.pdf` : '',
      `L${i}`,
      String(1 + (i % 900)),
      `Supplier ${i % 400}`,
      `M${i % 2000}`,
      cells.version ?? '',
    ]
    const one = broken.get(i)
    rows.push(one ? one.change(made) : made)
    if (one) told.push(`${one.column}${i + 2}`)
    else expected.push(`${i + 2},${answer},${de}`)
  }
  return { csv: `${rows.map((row) => row.join(',')).join('\n')}\n`, expected, told }
}
