import { CATALOGUES, type CriterionRule, type ProfileRule, TRAITS } from '@messlatte/conformity'
import type {
  Condition,
  Edition,
  InputClass,
  MappingLine,
  Missing,
  Override,
  Party,
  Pillar,
  Requirement,
  Source,
  SourceStatus,
  TraitId,
} from '@messlatte/model'
import { type Field, readFields } from '../json/fields.ts'

const EDITIONS = Object.keys(CATALOGUES) as readonly Edition[]
const STATUSES: readonly SourceStatus[] = [
  'in-force',
  'applies-from',
  'published',
  'draft',
  'reported',
  'analysis',
]
const PARTIES: readonly Party[] = ['maker', 'laboratory', 'importer', 'assessor']
const INPUTS: readonly InputClass[] = ['image', 'versions', 'units', 'device', 'documents']
const PILLARS: readonly Pillar[] = ['secureBoot', 'credentials', 'updates']
const TRAIT_IDS = TRAITS.map(({ id }) => id)
const MOST_CONDITION = 8

/**
 * A profile that a user wrote, `docs/profile-file.md`. Nothing in it can turn a verdict green: it raises, lowers, asks
 * for more, or leads to requirements of its own; each line names a source of the file, whose status is the line's.
 * Throws FileProblems with every mistake, each with its line and field.
 */
export function readProfileFile(name: string, text: string): ProfileRule {
  return readFields(name, text, readProfile)
}

function readProfile(root: Field): ProfileRule {
  const field = root.object([
    'id',
    'version',
    'edition',
    'title',
    'question',
    'market',
    'roles',
    'lastFreeDay',
    'zone',
    'reading',
    'consequence',
    'asks',
    'overrides',
    'criteria',
    'requirements',
    'sources',
    'caveat',
  ])
  const edition = field.edition.oneOf(EDITIONS)
  const sources = field.sources.list(readSource)
  if (sources.length === 0)
    field.sources.problem({ en: 'must list at least one source', de: 'muss mindestens eine Quelle nennen' })
  const known = { edition, sources }
  return {
    id: field.id.matching(/^(?!baseline)[a-z0-9][a-z0-9-]{0,62}$/, {
      en: 'an id of lower-case letters, digits and dashes, not beginning with "baseline"',
      de: 'eine ID aus Kleinbuchstaben, Ziffern und Bindestrichen, die nicht mit „baseline“ beginnt',
    }),
    version: field.version.string(),
    edition,
    title: field.title.text(),
    question: field.question.text(),
    market: field.market.string(),
    roles: field.roles.list((role) =>
      role.oneOf(['maker', 'authorised-representative', 'importer', 'distributor']),
    ),
    lastFreeDay: field.lastFreeDay.exists ? field.lastFreeDay.day() : null,
    zone: readZone(field.zone),
    reading: field.reading.oneOf(['new-units', 'new-declaration', 'certificate', 'label', 'surveillance']),
    consequence: field.consequence.text(),
    asks: field.asks.exists ? readAsks(field.asks, known) : 'all',
    overrides: field.overrides.list((one) => readOverride(one, known)),
    criteria: field.criteria.list((one) => readCriterion(one, known)),
    requirements: unique(field.requirements, (one) => readRequirement(one, known)),
    checklists: [],
    sources,
    caveat: field.caveat.text(),
  }
}

interface Known {
  readonly edition: Edition
  readonly sources: readonly Source[]
}

function readSource(root: Field): Source {
  const field = root.object(['id', 'title', 'status', 'appliesFrom', 'checked', 'note'])
  return {
    id: field.id.matching(/^[a-z0-9][a-z0-9.-]*$/, {
      en: 'an id of lower-case letters, digits, dots and dashes',
      de: 'eine ID aus Kleinbuchstaben, Ziffern, Punkten und Bindestrichen',
    }),
    title: field.title.string(),
    status: field.status.oneOf(STATUSES),
    ...(field.appliesFrom.exists && { appliesFrom: field.appliesFrom.day() }),
    checked: field.checked.day(),
    note: field.note.text(),
  }
}

function readZone(field: Field): string {
  const zone = field.string()
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    field.problem({
      en: 'must be a time zone such as Europe/Berlin',
      de: 'muss eine Zeitzone wie Europe/Berlin sein',
    })
    return 'UTC'
  }
}

function readAsks(field: Field, known: Known): readonly string[] {
  return field.list((one) => readProvision(one, known))
}

function readProvision(field: Field, { edition }: Known): string {
  const id = field.string()
  if (id !== '' && !CATALOGUES[edition].provisions.some((one) => one.id === id))
    field.problem({
      en: `${id} is no provision of ${edition}`,
      de: `${id} ist keine Anforderung von ${edition}`,
    })
  return id
}

/** A line's status is its source's: it is not written twice. */
function readSourceOf(field: Field, { sources }: Known): { source: string; sourceStatus: SourceStatus } {
  const id = field.string()
  const source = sources.find((one) => one.id === id)
  if (id !== '' && !source)
    field.problem({
      en: `${id} is not among the sources of this file`,
      de: `${id} ist nicht unter den Quellen dieser Datei`,
    })
  return { source: id, sourceStatus: source?.status ?? 'analysis' }
}

function readOverride(root: Field, known: Known): Override {
  const field = root.object(['id', 'to', 'source', 'reason'])
  const id = readProvision(field.id, known)
  const to = field.to.oneOf(['M', 'R'])
  const now = CATALOGUES[known.edition].provisions.find((one) => one.id === id)?.status
  if (now === to)
    field.to.problem({
      en: `${id} is ${to} in ${known.edition} already: the line changes nothing`,
      de: `${id} ist in ${known.edition} schon ${to}: Die Zeile ändert nichts`,
    })
  return { id, to, ...readSourceOf(field.source, known), reason: field.reason.text() }
}

function readCriterion(root: Field, known: Known): CriterionRule {
  const field = root.object(['id', 'provision', 'source', 'title', 'needs', 'missing'])
  return {
    id: field.id.string(),
    provision: readProvision(field.provision, known),
    ...readSourceOf(field.source, known),
    title: field.title.text(),
    ...(field.needs.exists && { needs: readCondition(field.needs, 0) }),
    missing: readMissing(field.missing),
  }
}

function readRequirement(root: Field, known: Known): Requirement {
  const field = root.object([
    'id',
    'where',
    'title',
    'pillar',
    'condition',
    'needs',
    'source',
    'lines',
    'missing',
  ])
  return {
    id: field.id.string(),
    where: field.where.string(),
    title: field.title.text(),
    pillar: field.pillar.exists ? field.pillar.oneOf(PILLARS) : null,
    ...(field.condition.exists && { condition: readCondition(field.condition, 0) }),
    ...(field.needs.exists && { needs: readCondition(field.needs, 0) }),
    ...readSourceOf(field.source, known),
    lines: field.lines.list((line) => readLine(line, known)),
    missing: readMissing(field.missing),
  }
}

function readLine(root: Field, known: Known): MappingLine {
  const field = root.object(['provision', 'relation', 'author', 'confidence', 'source'])
  return {
    provision: readProvision(field.provision, known),
    relation: field.relation.oneOf(['same', 'part', 'related']),
    author: field.author.string(),
    confidence: field.confidence.oneOf(['high', 'medium', 'low']),
    source: readSourceOf(field.source, known).source,
  }
}

function readMissing(field: Field): readonly Missing[] {
  const list = field.list((one) => {
    const { who, input, what } = one.object(['who', 'input', 'what'])
    return { who: who.oneOf(PARTIES), input: input.oneOf(INPUTS), what: what.text() }
  })
  if (list.length === 0)
    field.problem({
      en: 'must say what would settle it, and who can supply that',
      de: 'muss sagen, was es klären würde, und wer das liefern kann',
    })
  return list
}

/** `{"trait": ID}`, `{"not": …}`, `{"all": […]}` or `{"any": […]}`. */
function readCondition(root: Field, depth: number): Condition {
  const [entry, ...others] = root.entries()
  const [name, field] = entry ?? ['', root]
  if (others.length > 0 || !['trait', 'not', 'all', 'any'].includes(name) || depth > MOST_CONDITION) {
    root.problem({
      en: 'must hold exactly one of trait, not, all, any',
      de: 'muss genau eines von trait, not, all, any enthalten',
    })
    return { trait: TRAIT_IDS[0] as TraitId }
  }
  if (name === 'trait') return { trait: field.oneOf(TRAIT_IDS) }
  if (name === 'not') return { not: readCondition(field, depth + 1) }
  const parts = field.list((part) => readCondition(part, depth + 1))
  if (parts.length === 0)
    field.problem({ en: 'must list at least one condition', de: 'muss mindestens eine Bedingung nennen' })
  return name === 'all' ? { all: parts } : { any: parts }
}

function unique(field: Field, read: (one: Field) => Requirement): readonly Requirement[] {
  const seen = new Set<string>()
  return field.list((one) => {
    const requirement = read(one)
    if (seen.has(requirement.id))
      one.problem({ en: `there is a second ${requirement.id}`, de: `es gibt ein zweites ${requirement.id}` })
    seen.add(requirement.id)
    return requirement
  })
}
