import type { Text } from '@messlatte/model'
import type { Analysis } from './analysis.ts'
import { ENOUGH_UNITS } from './estimate.ts'
import type { Relation } from './relations.ts'

/** A probability as people read it, from its logarithm to base 10. */
export function power(logarithm: number): string {
  return `10^${Math.ceil(logarithm)}`
}

export function derived(name: string, { text, units, of, whole }: Relation): Text {
  return {
    en: `“${name}” ${whole ? 'follows' : 'repeats a part'} from what is public, in ${units.length} of ${of} units: ${text.en}`,
    de: `„${name}“ ${whole ? 'folgt' : 'wiederholt einen Teil'} aus öffentlichen Angaben, bei ${units.length} von ${of} Geräten: ${text.de}`,
  }
}

export function notByChance(chance: number): Text {
  return {
    en: `By chance as many units would follow one of the rules that were tried with a probability of ${power(chance)} at most.`,
    de: `Zufällig folgten so viele Geräte einer der versuchten Regeln höchstens mit einer Wahrscheinlichkeit von ${power(chance)}.`,
  }
}

export function partly(left: number): Text {
  return {
    en: `Only a part is public; up to ${left.toFixed(0)} bits are left that do not follow from it.`,
    de: `Nur ein Teil ist öffentlich; bis zu ${left.toFixed(0)} Bit bleiben, die nicht daraus folgen.`,
  }
}

export const DERIVED_OVERTURNED: Text = {
  en: 'The description of the generator with its source of randomness, and values of further units that do not follow the rule',
  de: 'Die Beschreibung des Generators mit seiner Zufallsquelle und Werte weiterer Geräte, die der Regel nicht folgen',
}

export function regular(name: string): Text {
  return { en: `“${name}” shows a regularity`, de: `„${name}“ zeigt eine Regelmäßigkeit` }
}

export const REGULAR_OVERTURNED: Text = {
  en: 'The description of the generator, and values of further units that do not show the pattern',
  de: 'Die Beschreibung des Generators und Werte weiterer Geräte, die das Muster nicht zeigen',
}

export function small(name: string, bits: number): Text {
  return {
    en: `“${name}” has ${bits.toFixed(0)} bits at most: few values to try`,
    de: `„${name}“ hat höchstens ${bits.toFixed(0)} Bit: wenige Werte zum Durchprobieren`,
  }
}

export const SMALL_REASON: Text = {
  en: 'A limit on attempts can make up for it; whether there is one, the values do not show (5.1-5).',
  de: 'Eine Begrenzung der Versuche kann das ausgleichen; ob es eine gibt, zeigen die Werte nicht (5.1-5).',
}

export const SMALL_OVERTURNED: Text = {
  en: 'A test that shows how attempts are slowed or locked at each interface that takes the value',
  de: 'Eine Prüfung, die zeigt, wie Versuche an jeder Schnittstelle, die den Wert annimmt, verzögert oder gesperrt werden',
}

export function random(name: string, count: number): Text {
  return {
    en: `“${name}”: no relation to what is public and no regularity in ${count} units`,
    de: `„${name}“: kein Bezug zu öffentlichen Angaben und keine Regelmäßigkeit bei ${count} Geräten`,
  }
}

export function undecided(name: string, count: number): Text {
  return {
    en: `“${name}”: nothing found in ${count} units, which does not decide it`,
    de: `„${name}“: bei ${count} Geräten nichts gefunden, was nichts entscheidet`,
  }
}

export function unrelatedReason({ comparedWith, shape, tried, estimate, cut }: Analysis): Text {
  if (cut) {
    return {
      en: 'The values are longer than there is time for; not all rules were searched.',
      de: 'Die Werte sind länger, als Zeit dafür ist; nicht alle Regeln wurden gesucht.',
    }
  }
  if (comparedWith.length === 0) {
    return {
      en: 'No column with a MAC address, a serial number or an SSID was there to compare with.',
      de: 'Es gab keine Spalte mit MAC-Adresse, Seriennummer oder SSID zum Vergleichen.',
    }
  }
  if (shape.distinct < ENOUGH_UNITS) {
    return {
      en: `Not finding a rule in fewer than ${ENOUGH_UNITS} different values says little.`,
      de: `In weniger als ${ENOUGH_UNITS} verschiedenen Werten keine Regel zu finden, besagt wenig.`,
    }
  }
  const bits = estimate?.bits.toFixed(0) ?? '0'
  return {
    en: `${tried} rules were tried on each unit; the most common characters leave ${bits} bits or more, if all are drawn alike and independently. A secret rule with a key would look the same.`,
    de: `${tried} Regeln wurden an jedem Gerät versucht; die häufigsten Zeichen lassen mindestens ${bits} Bit, falls alle gleich und unabhängig gezogen sind. Eine geheime Regel mit Schlüssel sähe ebenso aus.`,
  }
}
