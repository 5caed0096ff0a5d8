import { CATALOGUES, ixitTable } from '@messlatte/conformity'
import type { ClaimSet, IxitEntry, SelfAssessedGroup, TableSummary } from '@messlatte/model'
import { ordered } from '../part.ts'
import { statusOf } from '../xlsx/write.ts'
import { bodyOf, cellOf } from './lines.ts'

/** Claims as Markdown files by name, one for each table, as makers keep them beside their source. */
export function writeClaimsMarkdown(claims: ClaimSet): Readonly<Record<string, string>> {
  const set = ordered(claims)
  return {
    'ICS.md': conformanceStatement(set),
    ...Object.fromEntries(
      Object.entries(set.tables).map(([name, entries]) => [
        `ixit_${name}.md`,
        table(
          set,
          name,
          entries,
          set.summaries.filter((row) => row.table === name),
        ),
      ]),
    ),
    ...Object.fromEntries(
      set.groups.map((group) => [
        `Self_Assessment_Test_Group_${group.provision.replaceAll('.', '_')}.md`,
        testGroup(group),
      ]),
    ),
  }
}

function conformanceStatement({
  edition,
  identification,
  securityContext,
  conditions,
  ics,
}: ClaimSet): string {
  const sections = [...new Set(identification.map(({ section }) => section))]
  const rows = ics.map(({ provision, support, detail }) => {
    const rule = CATALOGUES[edition].provisions.find(({ id }) => id === provision)
    return `| ${provision} | ${rule ? statusOf(rule) : ''} | ${support} | ${cellOf(detail)} |`
  })
  return text([
    `# ICS: ${CATALOGUES[edition].title.en}`,
    ...sections.flatMap((section) => [
      `## ${section}`,
      identification
        .filter((one) => one.section === section)
        .map(({ name, value }) => `* **${name}**: ${cellOf(value)}`)
        .join('\n'),
    ]),
    ...(securityContext === '' ? [] : ['## Security Context', bodyOf(securityContext)]),
    ...(conditions.length === 0
      ? []
      : [
          '## Conditions',
          [
            '| Condition | Holds | Detail |\n|---|---|---|',
            ...conditions.map(
              ({ condition, holds, detail }) =>
                `| ${condition} | ${holds === null ? '' : holds ? 'Yes' : 'No'} | ${cellOf(detail)} |`,
            ),
          ].join('\n'),
        ]),
    '## Provisions',
    ['| Reference | Status | Support | Detail |\n|---|---|---|---|', ...rows].join('\n'),
  ])
}

function table(
  { edition }: ClaimSet,
  name: string,
  entries: readonly IxitEntry[],
  summaries: readonly TableSummary[],
): string {
  const known = ixitTable(edition, name)
  const body = entries.flatMap(({ ID, ...fields }) => [
    ...(known?.form ? [] : [`## ID: ${ID ?? ''}`]),
    ...Object.entries(fields).flatMap(([field, value]) => [
      `${known?.form ? '##' : '###'} ${field}`,
      bodyOf(value),
    ]),
  ])
  const rows = summaries.map(
    ({ id, text: more }) => `| ${cellOf(id)} | ${more.split(' | ').map(cellOf).join(' | ')} |`,
  )
  return text([
    `# IXIT ${name}: ${known?.title.en ?? ''}`,
    ...body,
    ...(rows.length === 0 ? [] : ['## Summary', ['| Entry | |\n|---|---|', ...rows].join('\n')]),
  ])
}

function testGroup({
  provision,
  title,
  status,
  tables,
  cases,
  verdict,
  note,
  names,
}: SelfAssessedGroup): string {
  const said = (word: string, more = '') =>
    `**${word === 'n/a' ? 'N/A' : word.toUpperCase()}${more === '' ? '' : ` (${more})`}**`
  return text([
    `# Test group ${provision}: ${title}`,
    ...(status === '' ? [] : [`Provision ${provision} — Status: **${status}**.`]),
    ...(tables.length === 0 ? [] : [`Related IXIT: ${tables.map((name) => `\`IXIT ${name}\``).join(', ')}.`]),
    ...(names.length === 0 ? [] : [`Entries: ${names.map((name) => `\`${name}\``).join(', ')}`]),
    ...cases.flatMap((one) => [
      `## Test case ${one.id}`,
      ...one.units.map((unit) => `* **Unit ${unit.unit.toUpperCase()} Verdict**: ${said(unit.verdict)}`),
      ...(one.verdict === null ? [] : [`**Test Case ${one.id} Verdict**: ${said(one.verdict)}`]),
    ]),
    '## Group Summary',
    ...(verdict === null ? [] : [`**Group Verdict**: ${said(verdict, note)}`]),
  ])
}

function text(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}
