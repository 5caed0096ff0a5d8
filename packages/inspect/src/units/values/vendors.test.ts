import { describe, expect, it } from 'vitest'
import { VENDOR_RULES, withChecksum } from './vendors.ts'

const make = (id: string, a: string, b = '') => VENDOR_RULES.find((rule) => rule.id === id)?.make(a, b)

describe('published ways to make passwords', () => {
  it.each([
    // The example of the paper, and the one for BT Home Hub in its program.
    ['thomson-speedtouch', 'CP0615JT109(53)', '742DA831D2'],
    ['thomson-speedtouch', 'CP0647EH6DM(BF)', '06F48A28EB'],
    // The example of github.com/fr0stb1rd/3wifi-wpspin's own page.
    ['compute-pin-24', '0014D1112233', '11228677'],
    ['d-link-pin', '0014D1112233', '22891587'],
    ['d-link-pin-plus-1', '0014D1112233', '56098419'],
  ])('%s of %s', (id, value, made) => expect(make(id, value)).toBe(made))

  it('make nothing of what is not of their form', () => {
    expect(make('thomson-speedtouch', 'SN240170000')).toBeUndefined()
    expect(make('comtrend-md5', '0014D1112233', 'HomeNet')).toBeUndefined()
  })

  it('end PINs with the digit that checks the others', () => {
    expect(withChecksum(1234567)).toBe('12345670')
    expect(withChecksum(0)).toBe('00000000')
  })
})
