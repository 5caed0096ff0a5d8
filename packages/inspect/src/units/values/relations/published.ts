import type { PublicValue } from '../identity.ts'
import { chanceOf, type Question } from '../relations.ts'
import { addressPlus } from '../spellings.ts'
import { VENDOR_RULES, type VendorRule } from '../vendors.ts'
import { type Family, Followers } from './family.ts'

/** Ports next to the one whose address is on the label. */
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4]

/** Ways in which makers are known to have made passwords. */
export function published({ units, shape }: Question): Family {
  const followers = new Followers<VendorRule>()
  let tried = 0
  units.forEach(({ value, publics }, unit) => {
    let own = 0
    for (const rule of VENDOR_RULES)
      for (const [name, made] of madeBy(rule, publics)) {
        own++
        if (made.toUpperCase() === value.toUpperCase())
          followers.add(`${rule.id}: ${name}`, rule, unit, value)
      }
    tried = Math.max(tried, own)
  })
  const relations = [...followers.all()].map(({ rule, about, units: who, distinct }) => ({
    rule,
    text: { en: `${about.text.en} (published)`, de: `${about.text.de} (veröffentlicht)` },
    units: who,
    of: units.length,
    characters: shape.longest,
    whole: true,
    // The checksum is no matter of chance.
    chance: chanceOf(shape.alphabet.size, shape.longest - 1, distinct, who.length, units.length),
  }))
  return { relations, tried }
}

function madeBy(rule: VendorRule, publics: readonly PublicValue[]): readonly (readonly [string, string])[] {
  const macs = publics.filter(({ kind }) => kind === 'mac')
  const pairs = (name: string, made: string | undefined) =>
    made === undefined ? [] : [[name, made] as const]
  switch (rule.of) {
    case 'serial':
      return publics
        .filter(({ kind }) => kind === 'serial')
        .flatMap(({ name, value }) => pairs(name, rule.make(value, '')))
    case 'mac':
      return macs.flatMap(({ name, value }) =>
        STEPS.flatMap((step) => {
          const mac = addressPlus(value, step)
          return mac === undefined
            ? []
            : pairs(step === 0 ? name : `${name} ${step > 0 ? '+' : ''}${step}`, rule.make(mac, ''))
        }),
      )
    case 'mac-ssid':
      return macs.flatMap((mac) =>
        publics
          .filter(({ kind }) => kind === 'ssid')
          .flatMap((ssid) => pairs(`${mac.name}, ${ssid.name}`, rule.make(mac.value, ssid.value))),
      )
  }
}
