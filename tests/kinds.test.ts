import { EVIDENCE_KINDS } from '@messlatte/conformity'
import { CHECKS, PRODUCTS_COMPARISON, UNITS_COMPARISON } from '@messlatte/inspect'
import { expect, it } from 'vitest'

it('every kind of evidence that a check states is one that the catalogue of kinds knows, and the other way round', () => {
  const stated = new Set([...CHECKS, PRODUCTS_COMPARISON, UNITS_COMPARISON].flatMap(({ states }) => states))
  expect([...stated].toSorted()).toEqual(EVIDENCE_KINDS.map(({ kind }) => kind).toSorted())
})
