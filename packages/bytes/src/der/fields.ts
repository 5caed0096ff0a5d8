import { childrenOf, type DerElement } from './element.ts'
import { DerError } from './error.ts'

/** Takes the fields of a SEQUENCE or SET one after the other. */
export class DerFields {
  readonly #children: readonly DerElement[]
  #next = 0

  /** @throws DerError `tag` where the element is another one */
  constructor(element: DerElement, tag: number) {
    if (element.tag !== tag) throw wrongTag(tag, element.tag)
    this.#children = childrenOf(element)
  }

  get left(): number {
    return this.#children.length - this.#next
  }

  /** @throws DerError */
  any(): DerElement {
    const element = this.#children[this.#next]
    if (!element) throw new DerError('truncated', 'a field is missing')
    this.#next++
    return element
  }

  /** @throws DerError */
  take(tag: number): DerElement {
    const element = this.any()
    if (element.tag !== tag) throw wrongTag(tag, element.tag)
    return element
  }

  optional(tag: number): DerElement | undefined {
    return this.#children[this.#next]?.tag === tag ? this.any() : undefined
  }

  rest(): readonly DerElement[] {
    const rest = this.#children.slice(this.#next)
    this.#next = this.#children.length
    return rest
  }

  /** @throws DerError `trailing` where fields are left */
  end(): void {
    if (this.left > 0) throw new DerError('trailing', `${this.left} fields too many`)
  }
}

/** What an EXPLICIT tag wraps. @throws DerError */
export function unwrap(element: DerElement): DerElement {
  const [inner, more] = childrenOf(element)
  if (!inner || more) throw new DerError('value', 'an explicit tag wraps exactly one element')
  return inner
}

function wrongTag(expected: number, found: number): DerError {
  return new DerError('tag', `0x${found.toString(16)} where 0x${expected.toString(16)} is due`)
}
