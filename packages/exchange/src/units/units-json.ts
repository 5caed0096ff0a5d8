import type {
  ComparedSecret,
  LabelFile,
  Language,
  ReleaseImage,
  SecretValues,
  UnitDump,
  UnitRegions,
  UnitsResult,
} from '@messlatte/model'
import { evidenceJson } from '../result/evidence-json.ts'
import { compareText } from '../result/natural-order.ts'
import { byProvision, provisionJson } from '../result/provision-json.ts'
import { sorted } from '../result/sorting.ts'
import { escapeInvisible } from '../result/visible-json.ts'
import { UNITS_SCHEMA_ID } from './schema-id.ts'

/**
 * The one object of `messlatte compare-units --json`, as `schema/units-1.schema.json` describes it: two spaces of indent and a
 * final newline. The same result and language give the same bytes.
 */
export function writeUnitsJson(result: UnitsResult, language: Language): string {
  return `${escapeInvisible(JSON.stringify(unitsJson(result, language), null, 2))}\n`
}

function unitsJson(result: UnitsResult, language: Language) {
  const { tool, options, product, labels, release, rules } = result
  return {
    schema: UNITS_SCHEMA_ID,
    tool: { name: tool.name, version: tool.version, checksDigest: tool.checksDigest },
    options: { profiles: options.profiles, asOf: options.asOf, failOn: options.failOn, language },
    product: {
      maker: product.maker,
      model: product.model,
      hardware: product.hardware,
      firmware: product.firmware,
      batch: product.batch,
    },
    units: result.units.map((unit) => unitJson(unit, language)),
    release: release && {
      images: imagesJson(release.images),
      units: release.regions.map(regionsJson),
    },
    labels: labels && labelsJson(labels, language),
    secrets: result.secrets.map((secret) => secretJson(secret, language)),
    evidence: evidenceJson(result.evidence, language),
    provisions: sorted(result.provisions, byProvision).map((it) => provisionJson(it, language)),
    rules: {
      catalogue: { id: rules.catalogue.id, version: rules.catalogue.version, digest: rules.catalogue.digest },
      profiles: rules.profiles.map(({ id, version, digest }) => ({ id, version, digest })),
    },
  }
}

function imagesJson(images: readonly ReleaseImage[]) {
  return images.map(({ name, size, sha256 }) => ({ name, size, sha256 }))
}

function unitJson({ name, images, identity, secrets, unpacked }: UnitDump, language: Language) {
  return {
    name,
    images: imagesJson(images),
    identity: identity.map((it) => ({ kind: it.kind, name: it.name, value: it.value, path: it.path })),
    secrets,
    unpacked: {
      files: unpacked.files,
      bytes: unpacked.bytes,
      unknownBytes: unpacked.unknownBytes,
      partial: unpacked.partial,
      limits: sorted(
        unpacked.limits,
        (a, b) => compareText(a.path, b.path) || compareText(a.limit, b.limit),
      ).map(({ limit, path, text }) => ({ limit, path, text: text[language] })),
    },
  }
}

function regionsJson(one: UnitRegions) {
  return {
    unit: one.unit,
    filesEqual: one.filesEqual,
    filesChanged: one.filesChanged,
    filesOnlyHere: one.filesOnlyHere,
    regions: one.regions.map(({ path, offset, length, format, state, counterpart, blocks, files }) => ({
      path,
      offset,
      length,
      format,
      state,
      counterpart,
      blocks,
      files: files && { all: files.all, equal: files.equal },
    })),
    changed: one.changed,
    onlyHere: one.onlyHere,
  }
}

function labelsJson(labels: LabelFile, language: Language) {
  return {
    name: labels.name,
    sha256: labels.sha256,
    units: labels.units,
    publicColumns: labels.publicColumns.map(({ name, kind }) => ({ name, kind })),
    columns: labels.columns.map(({ name, missing, equalLines, values }) => ({
      name,
      missing,
      equalLines,
      values: valuesJson(values, language),
    })),
  }
}

function secretJson(secret: ComparedSecret, language: Language) {
  return {
    kind: secret.kind,
    subject: secret.subject,
    opens: secret.opens,
    name: secret.name,
    outcome: secret.outcome,
    groups: secret.groups,
    places: secret.places.map(({ unit, path, offset, length, sha256, form, publicSha256 }) => ({
      unit,
      path,
      offset,
      length,
      sha256,
      form,
      publicSha256,
    })),
    inRelease: secret.inRelease,
    values: secret.values && valuesJson(secret.values, language),
  }
}

function valuesJson(values: SecretValues, language: Language) {
  return {
    compared: values.compared,
    distinct: values.distinct,
    shortest: values.shortest,
    longest: values.longest,
    alphabet: values.alphabet,
    alphabetSize: values.alphabetSize,
    sharedAtStart: values.sharedAtStart,
    sharedAtEnd: values.sharedAtEnd,
    variety: values.variety,
    checkDigit: values.checkDigit,
    bitsAtMost: values.bitsAtMost,
    bitsEstimated: values.bitsEstimated,
    bitsByEqualPairs: values.bitsByEqualPairs,
    comparedWith: values.comparedWith,
    rulesTried: values.rulesTried,
    relations: values.relations.map(({ rule, text, follow, of, whole, chance }) => ({
      rule,
      text: text[language],
      follow,
      of,
      whole,
      chance,
    })),
    regularities: values.regularities.map(({ rule, text, units }) => ({ rule, text: text[language], units })),
  }
}
