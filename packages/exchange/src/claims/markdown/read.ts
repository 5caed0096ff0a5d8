import type { ClaimPart } from '../part.ts'
import { Problems } from '../problems.ts'
import { readConformanceStatement } from './ics.ts'
import { readTable } from './ixit.ts'
import { sectionsOf } from './lines.ts'
import { readGroup } from './test-group.ts'

/** A text of claims in Markdown at most: a table with everything in it is some 30 KB. */
export const MOST_MARKDOWN = 4 * 1024 * 1024

/**
 * What a Markdown file claims: an IXIT table (`# IXIT 20-SecBoot`), the ICS table with what identifies the product (`# ICS`), or the
 * self-assessment of a test group (`# Test group 5.7-1`), told apart by its first heading. Undefined for any other text.
 */
export function readClaimsMarkdown(file: string, text: string): ClaimPart | undefined {
  const sections = sectionsOf(text)
  const first = sections.find(({ level }) => level > 0)
  if (!first) return undefined
  const problems = new Problems(file)
  const table = /\bIXIT[\s-]*(\d{1,2}-[A-Za-z]+)/i.exec(first.title)?.[1]
  const group = /^test group\s+(\S+?):?(?:\s|$)/i.exec(first.title)?.[1]
  const found = group
    ? readGroup(group, sections, problems)
    : table
      ? readTable(table, sections, problems)
      : /\bICS\b/.test(first.title)
        ? readConformanceStatement(sections, problems)
        : undefined
  return found && { file, ...found, problems: problems.list, origins: problems.origins }
}
