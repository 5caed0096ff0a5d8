import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHECKS } from './checks.ts'

const FIXTURES = ['positive', 'negative', 'near-miss'] as const

function folderOf(id: string): URL {
  return new URL(`./${id.replace('.', '/')}/`, import.meta.url)
}

describe('the registry of checks', () => {
  it('has no check twice, and none without its folder', () => {
    const ids = CHECKS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const here = new URL('.', import.meta.url)
    const folders = readdirSync(here, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^[a-z-]+\/(?!fixtures\/)[a-z0-9-]+\/README\.md$/.test(name))
      .map((name) => name.slice(0, -'/README.md'.length).replace('/', '.'))
    expect(ids.toSorted()).toEqual(folders.toSorted())
  })

  describe.each(CHECKS)('$id', (check) => {
    it('says what it can show, what it cannot, and which provisions it touches', () => {
      for (const text of [check.title, check.canShow, check.cannotShow]) {
        expect(text.en).not.toBe('')
        expect(text.de).not.toBe('')
      }
      expect(check.provisions).not.toEqual([])
      expect(check.version).toBeGreaterThan(0)
      expect(check.look ?? check.conclude).toBeDefined()
    })

    it('has literals that a scan can look for', () => {
      expect(Boolean(check.wants.literals)).toBe((check.literals ?? []).length > 0)
      for (const literal of check.literals ?? []) expect(literal.length, literal).toBeGreaterThanOrEqual(4)
    })

    it('has a test, a page of its own, and fixtures of each kind with the commands that made them', () => {
      const folder = folderOf(check.id)
      const name = check.id.slice(check.id.indexOf('.') + 1)
      expect(existsSync(new URL(`${name}.test.ts`, folder))).toBe(true)
      expect(readFileSync(new URL('README.md', folder), 'utf8')).toContain(`# ${check.id}`)
      const commands = readFileSync(new URL('fixtures/README.md', folder), 'utf8')
      for (const kind of FIXTURES) {
        const fixtures = readdirSync(new URL(`fixtures/${kind}/`, folder))
        expect(fixtures, kind).not.toEqual([])
      }
      if (readdirSync(new URL('fixtures/', folder)).includes('make.sh')) expect(commands).toContain('make.sh')
    })

    it('has a page that describes each kind of evidence that it states', () => {
      const page = readFileSync(new URL('README.md', folderOf(check.id)), 'utf8')
      expect([...check.states, ...(check.gives ?? [])]).not.toEqual([])
      for (const kind of check.states) expect(page).toContain(`\`${kind}\``)
    })
  })
})
