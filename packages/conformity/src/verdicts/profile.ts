import type { Catalogue, ProfileVerdict, ProvisionVerdict, SourceStatus } from '@messlatte/model'
import type { CriterionRule, ProfileRule, ProvisionRule } from '../rules.ts'
import { withCriteria } from './criteria.ts'
import { assessProvision, type Inputs } from './judge.ts'
import { bare } from './reasons.ts'

/**
 * The verdict on one provision under a profile: at its raised status, with what the supplier says of the provision, then with the
 * profile's criteria, and with why it was raised. A criterion that fails stays failed, whatever contests the provision.
 */
export function assessUnder(
  profile: ProfileRule,
  catalogue: Catalogue,
  provision: ProvisionRule,
  inputs: Inputs,
  said: (judged: ProvisionVerdict) => ProvisionVerdict = (judged) => judged,
): ProfileVerdict {
  const override = profile.overrides.find(({ id }) => id === provision.id)
  const criteria = profile.criteria.filter((criterion) => criterion.provision === provision.id)
  const base = said(assessProvision(provision, override?.to ?? provision.status, inputs))
  const judged = withCriteria(base, criteria, inputs.traits, inputs.found, inputs.admissions)
  return {
    ...judged,
    reasons: override ? [...judged.reasons, bare(override.reason.en, override.reason.de)] : judged.reasons,
    sourceStatus: override?.sourceStatus ?? statusWithout(catalogue, provision, criteria),
  }
}

/** Without an override the catalogue gives the status; a criterion that takes a way out weakens it to its own source. */
function statusWithout(
  catalogue: Catalogue,
  provision: ProvisionRule,
  criteria: readonly CriterionRule[],
): SourceStatus {
  const demanding = criteria.find((criterion) => criterion.needs)
  if (demanding) return demanding.sourceStatus
  return catalogue.sources.find(({ id }) => id === provision.source)!.status
}
