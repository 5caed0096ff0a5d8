import { describe, expect, it } from 'vitest'
import { raucOrder, swupdateOrder } from './client-versions.ts'

describe('versions as clients compare them', () => {
  it.each([
    ['1.10', '1.9', 1],
    ['1.2', '1.2.0', 0],
    ['2026.11', '2026.12', -1],
    ['1.2.3-rc1', '1.2.3', -1],
    ['1.2.3-1', '1.2.3-rc', -1],
    ['1.2.3-rc.2', '1.2.3-rc.10', -1],
    ['1.2.3-rc', '1.2.3-rc.1', -1],
    ['1.2.3+4', '1.2.3+5', 0],
    ['1.2.3.4', '1.2.3', 'refused'],
    ['v1.2', '1.2', 'refused'],
    ['1.2.3-rc-1', '1.2.3', 'refused'],
    ['', '1', 'refused'],
  ])('RAUC: %s, %s: %s', (left, right, order) => {
    expect(raucOrder(left, right)).toBe(order)
  })

  it.each([
    ['1.10', '1.9', 1],
    ['1.2', '1.2.0.0', 0],
    ['1.2.3.4.5', '1.2.3.4.6', 0],
    ['2026.70000', '2026.1', undefined],
    ['1.0.70000', '1.0.1', 1],
    ['1.2.3-rc1', '1.2.3', -1],
    ['1.2.3+a', '1.2.3+b', 0],
    ['v1', 'v2', undefined],
    ['v1', 'v1', 0],
  ])('SWUpdate: %s, %s: %s', (left, right, order) => {
    expect(swupdateOrder(left, right)).toBe(order)
  })
})
