import type { StatedTraits } from '@messlatte/model'
import type { Day } from './days.ts'
import type { Gtin } from './gtin.ts'
import type { Market } from './markets.ts'

/** Who somebody is to a product on a market. A brand owner who places under its own name has a maker's duties. */
export type MarketRole =
  | 'maker'
  | 'authorised-representative'
  | 'importer'
  | 'brand-owner'
  | 'distributor'
  | 'buyer'

/** Something with firmware of its own that a supplier delivers to one or many products. */
export interface Module {
  readonly id: string
  readonly name: string
  readonly supplier: string
  readonly release: Release
}

/** A firmware as a spreadsheet names it; null where the cell is empty. */
export interface Release {
  readonly version: string | null
  /** SHA-256 (hex) of a file of the release. */
  readonly sha256: string | null
}

/** A certificate, a type examination or a label that runs out. */
export interface Certificate {
  readonly id: string
  readonly kind: 'certificate' | 'type-examination' | 'label'
  /** Null where it has no end. */
  readonly validUntil: Day | null
}

/** One hardware of a model: what results, certificates and support periods are about. */
export interface Variant {
  readonly id: string
  readonly brand: string
  readonly product: string
  readonly model: string
  readonly hardware: string | null
  /** `none`: stated that it holds no firmware, as a bracket or a cable. */
  readonly firmware: 'some' | 'none'
  /** What the spreadsheet states about the product; an answer that nobody gave is not there. */
  readonly traits: StatedTraits
  /** Ids of modules; none where neither a supplier nor a firmware is named. */
  readonly modules: readonly string[]
  readonly certificates: readonly Certificate[]
  /** Last day on which security updates are promised. */
  readonly supportUntil: Day | null
}

/** What is sold: an article number, with its GTIN where it has one. Its hardware may change from batch to batch. */
export interface Sku {
  readonly id: string
  readonly gtin: Gtin | null
}

/**
 * `placing`: the first supply on the Union market, by the maker, a brand owner or an importer; `making-available`: any
 * supply after it. A cut-off for placing looks at the first alone, unit by unit.
 */
export type SupplyKind = 'placing' | 'making-available'

/** Units of an article that go to a market. */
export interface Supply {
  /** Of the spreadsheet. */
  readonly row: number
  readonly sku: string
  /** Id of the variant that the units are of. */
  readonly variant: string
  readonly market: Market
  /** Null where the spreadsheet says only which kind of supply it is. */
  readonly role: MarketRole | null
  readonly kind: SupplyKind
  /** The day of this supply in the market's local time. */
  readonly planned: Day | null
  readonly actual: Day | null
  /** For units that are made available: the day on which they were placed, by whomever. */
  readonly placed: Day | null
  /** The document that proves the day on which the units were placed, by name. */
  readonly proof: string | null
  readonly batch: string | null
  readonly serials: string | null
  /** Units. */
  readonly quantity: number | null
  /** Units that lie in a warehouse. */
  readonly stock: number | null
  /** Tenders, contracts and orders that the units are promised to. */
  readonly tenders: readonly Tender[]
}

export interface Tender {
  readonly id: string
  /** The day on which the units are owed. */
  readonly due: Day | null
}

/** All that a brand owner, importer or distributor starts from. */
export interface Portfolio {
  readonly modules: ReadonlyMap<string, Module>
  readonly variants: ReadonlyMap<string, Variant>
  readonly skus: ReadonlyMap<string, Sku>
  readonly supplies: readonly Supply[]
}
