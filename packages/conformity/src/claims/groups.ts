import type { ClaimSet, SelfAssessedGroup, TestVerdict } from '@messlatte/model'
import type { CatalogueRule, ProvisionRule } from '../rules.ts'
import { text } from '../text.ts'
import { traitsOf } from '../traits/condition.ts'
import type { ClaimFinding } from './finding.ts'
import type { EntryNames } from './references.ts'
import { caseComesTo, failingCases, groupComesTo } from './self-assessment.ts'

/** Groups that must look at each entry of a table: their provisions speak of all of them. */
const EACH_ENTRY: Readonly<Record<string, readonly number[]>> = {
  '5.1-3': [1],
  '5.3-7': [7],
  '5.3-9': [7],
  '5.5-1': [11],
  '5.5-2': [12],
  '5.6-1': [15, 28],
  '5.6-5': [13],
}

/** What is wrong with a supplier's own assessment: in itself, against its ICS table, its IXIT tables and the standard. */
export function checkGroups(
  { provisions }: CatalogueRule,
  claims: ClaimSet,
  names: EntryNames,
): readonly ClaimFinding[] {
  return claims.groups.flatMap((group) => {
    const provision = provisions.find(({ id }) => id === group.provision)
    const found: readonly (Omit<ClaimFinding, 'about'> | undefined)[] = [
      ...verdictFindings(group),
      ...(provision ? [statusFinding(group, provision), notApplicable(group, provision, claims)] : []),
      againstRow(group, claims),
      ...tableFindings(group, claims),
      ...nameFindings(group, names),
      ...eachEntry(group, claims),
    ]
    return found.flatMap((one) => (one ? [{ ...one, about: group.provision, from: 'self-assessment' }] : []))
  })
}

type GroupFinding = Omit<ClaimFinding, 'about'>

function verdictFindings(group: SelfAssessedGroup): readonly (GroupFinding | undefined)[] {
  const { verdict, cases } = group
  const told = groupComesTo({ ...group, verdict: null })
  const word = (one: TestVerdict) => one.toUpperCase()
  return [
    verdict === null
      ? {
          code: 'missing',
          text: text('The group has no verdict of its own', 'Die Gruppe hat kein eigenes Urteil'),
        }
      : undefined,
    verdict !== null && told !== null && told !== verdict
      ? {
          code: 'contradiction',
          text: text(
            `The group says ${word(verdict)}, and by its cases it is ${word(told)}${failed(group)}`,
            `Die Gruppe sagt ${word(verdict)}, nach ihren Fällen ist sie ${word(told)}${failed(group)}`,
          ),
        }
      : undefined,
    ...cases.map((one): GroupFinding | undefined => {
      const comes = caseComesTo(one)
      if (comes === null)
        return {
          code: 'missing',
          text: text(`Case ${one.id} has no verdict`, `Fall ${one.id} hat kein Urteil`),
        }
      if (one.verdict === null || one.verdict === comes) return undefined
      return {
        code: 'contradiction',
        text: text(
          `Case ${one.id} says ${word(one.verdict)}, and by its units it is ${word(comes)}`,
          `Fall ${one.id} sagt ${word(one.verdict)}, nach seinen Schritten ist er ${word(comes)}`,
        ),
      }
    }),
  ]
}

function failed(group: SelfAssessedGroup): string {
  const cases = failingCases(group)
  return cases.length === 0 ? '' : ` (${cases.join(', ')})`
}

function statusFinding({ status }: SelfAssessedGroup, provision: ProvisionRule): GroupFinding | undefined {
  const printed = [
    provision.status,
    ...provision.conditionNumbers.map((one) => `C (${one})`),
    ...(provision.features ?? []).map((one) => `F (${one})`),
  ].join(' ')
  const plain = (one: string) => one.replace(/[^A-Za-z0-9]|[CF](?=\s*\()/g, '').toLowerCase()
  if (status === '' || plain(status) === plain(printed)) return undefined
  return {
    code: 'contradiction',
    text: text(
      `Its status is given as ${status}; Annex B has ${printed}`,
      `Ihr Status ist mit ${status} angegeben; in Anhang B steht ${printed}`,
    ),
  }
}

/** N/A needs a condition; and where components that cannot be updated let a product off, its own table must have none. */
function notApplicable(
  group: SelfAssessedGroup,
  { condition }: ProvisionRule,
  { tables }: ClaimSet,
): GroupFinding | undefined {
  if (groupComesTo(group) !== 'n/a') return undefined
  if (!condition)
    return {
      code: 'not-allowed',
      text: text(
        'N/A, and the provision has no condition that allows it',
        'N/A, und die Anforderung hat keine Bedingung, die das erlaubt',
      ),
    }
  if (!traitsOf(condition).includes('components-not-updateable')) return undefined
  const without = (tables['6-SoftComp'] ?? []).filter(
    (entry) =>
      !(tables['7-UpdMech'] ?? []).some(
        ({ ID }) => ID !== undefined && entry['Update Mechanism']?.includes(ID),
      ),
  )
  if (without.length === 0) return undefined
  const ids = without.map(({ ID }) => ID).join(', ')
  return {
    code: 'contradiction',
    text: text(
      `N/A, as if all components could be updated; 6-SoftComp names no update mechanism for ${ids}`,
      `N/A, als ließen sich alle Bestandteile aktualisieren; 6-SoftComp nennt keinen Mechanismus für ${ids}`,
    ),
  }
}

const SUPPORT: Readonly<Record<TestVerdict, string>> = {
  pass: 'Y',
  fail: 'N',
  inconclusive: '',
  'n/a': 'N/A',
}

function againstRow(group: SelfAssessedGroup, { ics }: ClaimSet): GroupFinding | undefined {
  const row = ics.find(({ provision }) => provision === group.provision)
  const comes = groupComesTo(group)
  if (!row || comes === null || comes === 'inconclusive' || SUPPORT[comes] === row.support) return undefined
  return {
    code: 'contradiction',
    text: text(
      `The ICS table says ${row.support}, and the self-assessment ${comes.toUpperCase()}${failed(group)}`,
      `Die ICS-Tabelle sagt ${row.support}, die Selbstbewertung ${comes.toUpperCase()}${failed(group)}`,
    ),
  }
}

function tableFindings({ tables }: SelfAssessedGroup, claims: ClaimSet): readonly GroupFinding[] {
  return tables
    .filter((name) => (claims.tables[name] ?? []).length === 0)
    .map((name) => ({
      code: 'reference',
      text: text(
        `It rests on table ${name}, which was not handed in`,
        `Sie beruht auf Tabelle ${name}, die nicht eingereicht wurde`,
      ),
    }))
}

function nameFindings({ names: named }: SelfAssessedGroup, names: EntryNames): readonly GroupFinding[] {
  return named
    .filter((name) => !names.known(name))
    .map((name) => ({
      code: 'reference',
      text: text(
        `It names ${name}, which is no entry of any table`,
        `Sie nennt ${name}, was in keiner Tabelle ein Eintrag ist`,
      ),
    }))
}

function eachEntry(
  { provision, names: named }: SelfAssessedGroup,
  { tables }: ClaimSet,
): readonly GroupFinding[] {
  const numbers = EACH_ENTRY[provision] ?? []
  return Object.entries(tables).flatMap(([name, entries]): GroupFinding[] => {
    if (!numbers.includes(Number.parseInt(name, 10))) return []
    const left = entries.flatMap(({ ID }) =>
      ID === undefined || named.some((one) => belongs(ID, one)) ? [] : [ID],
    )
    if (left.length === 0) return []
    return [
      {
        code: 'missing',
        text: text(
          `It must look at each entry of ${name}, and does not name ${left.join(', ')}`,
          `Sie muss jeden Eintrag von ${name} ansehen und nennt nicht: ${left.join(', ')}`,
        ),
      },
    ]
  })
}

/** Named itself, or by its family. */
function belongs(id: string, name: string): boolean {
  return id === name || id.startsWith(`${name}-`)
}
