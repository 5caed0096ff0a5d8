import type { Text } from '@messlatte/model'
import type { Module, Portfolio, Sku, Supply, Variant } from '@messlatte/portfolio'

/** Puts rows together: one module, variant and article for all rows that name it. */
export class Maker {
  readonly #modules = new Map<string, Module>()
  readonly #variants = new Map<string, Variant>()
  readonly #skus = new Map<string, Sku & { readonly row: number }>()
  readonly #articles = new Map<string, { readonly article: string; readonly row: number }>()
  readonly #supplies: Supply[] = []

  /** What is wrong with the GTIN of an article that was there before. */
  sku(article: string, gtin: string | null, row: number): Text | null {
    const known = this.#skus.get(article)
    if (known && gtin !== null && known.gtin !== null && known.gtin !== gtin)
      return {
        en: `article ${article} has GTIN ${known.gtin} in row ${known.row}`,
        de: `Artikel ${article} hat in Zeile ${known.row} die GTIN ${known.gtin}`,
      }
    const other = gtin === null ? undefined : this.#articles.get(gtin)
    if (other && other.article !== article)
      return {
        en: `is the GTIN of article ${other.article} in row ${other.row}`,
        de: `ist in Zeile ${other.row} die GTIN von Artikel ${other.article}`,
      }
    if (gtin !== null && !other) this.#articles.set(gtin, { article, row })
    if (!known || (known.gtin === null && gtin !== null)) this.#skus.set(article, { id: article, gtin, row })
    return null
  }

  supply(
    supply: Omit<Supply, 'variant'>,
    variant: Omit<Variant, 'id' | 'modules'>,
    modules: readonly Omit<Module, 'id'>[],
  ): void {
    const ids = modules.map((module) => this.#module(module))
    const key = JSON.stringify([variant, ids])
    if (!this.#variants.has(key)) this.#variants.set(key, { ...variant, id: key, modules: ids })
    this.#supplies.push({ ...supply, variant: key })
  }

  #module(module: Omit<Module, 'id'>): string {
    const id = JSON.stringify([module.supplier, module.name, module.release.version, module.release.sha256])
    if (!this.#modules.has(id)) this.#modules.set(id, { ...module, id })
    return id
  }

  portfolio(): Portfolio {
    return {
      modules: this.#modules,
      variants: this.#variants,
      skus: new Map([...this.#skus].map(([id, { gtin }]) => [id, { id, gtin }])),
      supplies: this.#supplies,
    }
  }
}
