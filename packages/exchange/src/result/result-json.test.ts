import { readFileSync } from 'node:fs'
import type { CheckResult } from '@messlatte/model'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { minimal, rich } from '../testing/sample.ts'
import { writeResultJson } from './result-json.ts'
import { RESULT_SCHEMA_ID } from './schema-id.ts'

const schema = JSON.parse(readFileSync(new URL('../../schema/result-1.schema.json', import.meta.url), 'utf8'))
const validate: ValidateFunction = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
const written = (result: CheckResult) => JSON.parse(writeResultJson(result, 'en'))

describe('writeResultJson', () => {
  it.each([
    ['minimal', minimal],
    ['rich', rich],
  ])('writes what its schema says: %s', (_, result) => {
    for (const language of ['en', 'de'] as const) {
      validate(JSON.parse(writeResultJson(result, language)))
      expect(validate.errors ?? []).toEqual([])
    }
  })

  it('names its schema', () => {
    expect(schema.$id).toBe(RESULT_SCHEMA_ID)
    expect(written(minimal).schema).toBe(RESULT_SCHEMA_ID)
  })

  it('has the keys of the contract, in its order', () => {
    expect(Object.keys(written(rich))).toEqual(
      'schema tool options product traits images unpacked components services chains mechanisms evidence provisions pillars assessment'.split(
        ' ',
      ),
    )
    expect(Object.keys(written(rich).evidence[2])).toEqual(
      'id check checkVersion provisions cases polarity kind level path offset length sha256 title observation confidence overturnedBy translation'.split(
        ' ',
      ),
    )
  })

  it('writes sentences of one language, and those of evidence and mechanisms in the other one beside them', () => {
    expect(written(rich).pillars['de-2027'].secureBoot.reasons[0].text).toBe('unsigned (en)')
    const others = JSON.stringify(JSON.parse(writeResultJson(rich, 'de')), (key, value) =>
      key === 'translation' ? undefined : value,
    )
    expect(others).not.toContain('(en)')
    const translations = objectsOf(JSON.parse(writeResultJson(rich, 'de'))).flatMap(
      ({ translation }) => translation ?? [],
    )
    expect(translations).toHaveLength(rich.evidence.length + 1 + (rich.mechanisms[0]?.parts.length ?? 0))
    expect(JSON.stringify(translations)).not.toContain('(de)')
  })

  it('describes a result of an older version, without translations', () => {
    const result = written(rich)
    for (const one of objectsOf(result)) delete (one as { translation?: unknown }).translation
    expect(validate(result)).toBe(true)
  })

  it('orders evidence by place and provisions as people count', () => {
    const result = written(rich)
    expect(result.evidence.map((it: { id: string }) => it.id[0])).toEqual(['c', 'd', 'e', 'f'])
    expect(result.provisions.map((it: { id: string }) => it.id)).toEqual([
      '4-1',
      '5.3-4A',
      '5.3-4B',
      '5.9-3',
      '5.10-1',
    ])
    expect(result.evidence[0].provisions.map((it: { id: string }) => it.id)).toEqual([
      '5.9-1',
      '5.10-1',
      '5.1-1',
    ])
    expect(Object.keys(result.unpacked.formats)).toEqual(['lzma-alone', 'squashfs', 'xz'])
  })

  it('gives the same bytes whatever the order of the parts', () => {
    const turned: CheckResult = {
      ...rich,
      images: [...rich.images].reverse(),
      evidence: [...rich.evidence].reverse(),
      assessment: {
        ...rich.assessment,
        traits: [...rich.assessment.traits].reverse(),
        provisions: [...rich.assessment.provisions].reverse(),
        pillars: Object.fromEntries(Object.entries(rich.assessment.pillars).reverse()),
      },
    }
    expect(writeResultJson(turned, 'en')).toBe(writeResultJson(rich, 'en'))
  })

  it('keeps an unknown trait null and an unstated product null', () => {
    expect(written(rich).traits[0]).toEqual({ id: 'constrained', value: null, origin: 'unknown' })
    expect(written(minimal).product.maker).toBeNull()
  })

  it('never writes a raw control or direction character, and loses none', () => {
    const json = writeResultJson(rich, 'en')
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(JSON.parse(json).product.maker).toBe(rich.product.maker)
  })

  it('keeps a hostile key of an observation', () => {
    const observation = JSON.parse('{"__proto__": 1, "a": 2}')
    const evidence = rich.evidence.map((it) => ({ ...it, observation }))
    expect(writeResultJson({ ...rich, evidence }, 'en')).toContain('"__proto__": 1')
  })

  it('indents by two and ends with one newline', () => {
    expect(writeResultJson(minimal, 'en')).toMatch(/^\{\n {2}"schema": [\s\S]*\n\}\n$/)
  })
})

describe('the schema', () => {
  it.each([
    ['a foreign schema', 'schema', 'urn:messlatte:result:2'],
    ['a digest that is none', 'images.0.sha256', 'xyz'],
    ['an unknown verdict', 'provisions.0.baseline.verdict', 'compliant'],
    ['a negative offset', 'evidence.0.offset', -1],
    ['an undefined level', 'evidence.0.level', 'E7'],
    ['a profile verdict without its source status', 'provisions.0.profiles.de-2027.sourceStatus', undefined],
    ['an unknown key at the top', 'extra', 1],
    ['an unknown key in evidence', 'evidence.0.extra', 1],
    ['a translation without its language', 'evidence.0.translation.language', undefined],
    ['an unknown key in a pillar', 'pillars.baseline.secureBoot.extra', 1],
    ['an unknown key in counts', 'assessment.counts.baseline.extra', 1],
    ['a text in both languages', 'evidence.0.title', { en: 'a', de: 'b' }],
    ['a trait that is neither true, false nor null', 'traits.0.value', 'yes'],
  ])('refuses %s', (_, path, value) => {
    expect(validate(withValue(written(rich), path, value))).toBe(false)
  })

  it('closes every object that it describes', () => {
    const open = objectsOf(schema).filter((it) => it.type === 'object' && it.additionalProperties !== false)
    expect(open).toEqual([])
  })
})

function withValue(root: Record<string, unknown>, path: string, value: unknown): unknown {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at = root
  for (const key of keys) at = at[key] as Record<string, unknown>
  if (value === undefined) delete at[last]
  else at[last] = value
  return root
}

function objectsOf(value: unknown): readonly Record<string, unknown>[] {
  if (value === null || typeof value !== 'object') return []
  const inner = Object.values(value).flatMap(objectsOf)
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner]
}
