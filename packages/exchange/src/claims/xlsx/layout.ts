/** Names of sheets and headings in the form that laboratories hand out, beside the 29 tables. */
export const SHEETS = {
  ics: 'ICS',
  identification: 'DUT Identification',
  context: 'Security Context',
  conditions: 'Conditions',
  /** Ours: the supplier's own verdicts on test groups, cases and units. */
  groups: 'Self-assessment',
  /** Ours: rows of summaries that makers add to their tables. */
  summaries: 'Summaries',
} as const

export const GO_TO_ICS = 'Go to ICS'

export const ICS_HEADINGS = [
  'Applicability',
  'Reference',
  'Status',
  '18031-1',
  '18031-2',
  '18031-3',
  'Support',
  'Detail /Justification',
  'Required IXIT entries',
] as const

/** Fields of DUT Identification, by the headings under which they stand. */
export const IDENTIFICATION: readonly (readonly [section: string, fields: readonly string[]])[] = [
  ['Date of the statement', ['Date']],
  [
    'DUT Identification',
    [
      'DUT name',
      'DUT model',
      'DUT brand',
      'DUT software/firmware version',
      'DUT hardware configuration',
      'Constrained device',
      'Justification',
    ],
  ],
  ['Supplier identification', ['Name', 'Address', 'Contact']],
]

export const CONDITION_HEADINGS = ['Condition', 'Holds', 'Detail'] as const
export const GROUP_HEADINGS = [
  'Group',
  'Case',
  'Unit',
  'Verdict',
  'Note',
  'Status',
  'IXIT',
  'Title',
  'Names',
] as const
export const SUMMARY_HEADINGS = ['Table', 'Entry', 'Text'] as const

/** Texts of a cell that stand for several. */
export const SEPARATOR = '\n'
