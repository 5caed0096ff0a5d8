import type { Text } from '@messlatte/model'
import { fieldText, type PublicValue } from '../identity.ts'
import { chanceOf, type Question, type Relation, type UnitValue } from '../relations.ts'
import { fill, type Spelling, spellingsOf } from '../spellings.ts'
import { Effort, type Family, Followers, MOST_SEARCHED, spread } from './family.ts'

/** A stretch that a secret shares with a spelling of a public value. */
interface Copy {
  readonly field: PublicValue
  readonly spelling: Spelling
  readonly anchor: 'end' | 'start'
  /** Characters in front of it in the secret, or behind it where it is counted from the end. */
  readonly at: number
  readonly from: number
  readonly length: number
}

const LEAST = 2
const LONGEST = 24
const MOST_TEXT = 64
/** Comparisons of two characters: a second or two. */
const MOST_EFFORT = 60_000_000
/** Taking down a stretch costs as much as so many of them. */
const NOTING = 50

/** Secrets that repeat characters of a public value, at the same places in each unit. */
export function copies(question: Question): Family {
  const { units, shape } = question
  const followers = new Followers<Copy>()
  const effort = new Effort(MOST_EFFORT)
  const searched = spread(units.length, MOST_SEARCHED)
  let tried = 0
  for (const unit of searched) {
    const { value, publics } = units[unit] as UnitValue
    const head = value.slice(0, MOST_TEXT)
    let own = 0
    for (const field of publics) {
      for (const spelling of spellingsOf(field)) {
        const text = spelling.text.slice(0, MOST_TEXT)
        own += 2 * (text.length + head.length)
        if (!effort.spend(text.length * head.length)) break
        for (const run of runsIn(head, text)) {
          if (!effort.spend(run.length * Math.min(run.length, LONGEST) * NOTING)) break
          note(followers, unit, head, text, run, field, spelling)
        }
      }
    }
    tried = Math.max(tried, own)
  }
  const relations = [...followers.all()].flatMap(
    ({ about, units: who, distinct, rule }): readonly Relation[] =>
      // Of what is the same in all of them, nothing follows.
      distinct < 2
        ? []
        : [
            {
              rule,
              text: textOf(about),
              units: who,
              of: searched.length,
              characters: about.length,
              whole: who.every((unit) => covers(about, question, unit)),
              chance: chanceOf(shape.alphabet.size, about.length, distinct, who.length, searched.length),
            },
          ],
  )
  return { relations, tried, cut: effort.isSpent() }
}

interface Run {
  readonly at: number
  readonly from: number
  readonly length: number
}

/** The longest stretches that two texts share, for each way to lay one over the other. */
function* runsIn(value: string, text: string): Generator<Run> {
  for (let shift = 1 - value.length; shift < text.length; shift++) {
    let length = 0
    const end = Math.min(value.length, text.length - shift)
    for (let at = Math.max(0, -shift); at <= end; at++) {
      if (at < end && value[at] === text[at + shift]) length++
      else {
        if (length >= LEAST) yield { at: at - length, from: at - length + shift, length }
        length = 0
      }
    }
  }
}

/** A stretch counts with every stretch inside of it, since those are what units may have in common. */
function note(
  followers: Followers<Copy>,
  unit: number,
  value: string,
  text: string,
  run: Run,
  field: PublicValue,
  spelling: Spelling,
): void {
  for (let start = 0; start + LEAST <= run.length; start++) {
    for (let length = Math.min(run.length - start, LONGEST); length >= LEAST; length--) {
      const [at, from] = [run.at + start, run.from + start]
      const part = value.slice(at, at + length)
      const rule = `copy ${field.name} ${spelling.id} ${length}`
      followers.add(
        `${rule} ${from}>${at}`,
        { field, spelling, anchor: 'start', at, from, length },
        unit,
        part,
      )
      const [behind, left] = [value.length - at - length, text.length - from - length]
      followers.add(
        `${rule} -${left}>-${behind}`,
        { field, spelling, anchor: 'end', at: behind, from: left, length },
        unit,
        part,
      )
    }
  }
}

/** Whether the rest of the secret is the same in all units. */
function covers({ anchor, at, length }: Copy, { shape, units }: Question, unit: number): boolean {
  const size = units[unit]?.value.length ?? 0
  const start = anchor === 'start' ? at : size - at - length
  if (shape.variety.length === 0) return start <= shape.prefix && start + length >= size - shape.suffix
  return shape.variety.every(
    (different, place) => different < 2 || (place >= start && place < start + length),
  )
}

function textOf({ field, spelling, anchor, at, from, length }: Copy): Text {
  const name = fill(spelling, fieldText(field))
  if (anchor === 'end') {
    return {
      en: `${length} characters of ${name.en}, ${fromEnd(from).en}, stand in the secret ${fromEnd(at).en}`,
      de: `${length} Zeichen von ${name.de}, ${fromEnd(from).de}, stehen im Geheimnis ${fromEnd(at).de}`,
    }
  }
  return {
    en: `characters ${from + 1} to ${from + length} of ${name.en}, stand in the secret at ${at + 1} to ${at + length}`,
    de: `Zeichen ${from + 1} bis ${from + length} von ${name.de}, stehen im Geheimnis an Stelle ${at + 1} bis ${at + length}`,
  }
}

function fromEnd(count: number): Text {
  return count === 0
    ? { en: 'at the end', de: 'am Ende' }
    : { en: `${count} before the end`, de: `${count} vor dem Ende` }
}
