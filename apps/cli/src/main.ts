import { addAssess } from './program/assess.ts'
import { addBundle } from './program/bundle.ts'
import { addCheck } from './program/check.ts'
import { addClaims } from './program/claims.ts'
import { addCompareReleases } from './program/compare-releases.ts'
import { addCompareUnits } from './program/compare-units.ts'
import { addDecide } from './program/decide.ts'
import { addDocument } from './program/document.ts'
import { addExplain } from './program/explain.ts'
import { addIndex } from './program/index-of-secrets.ts'
import { addInit } from './program/init.ts'
import { addLetter } from './program/letter.ts'
import { addOscal } from './program/oscal.ts'
import { addPack } from './program/pack.ts'
import { addPlan } from './program/plan.ts'
import { addProfile } from './program/profile.ts'
import { addRequest } from './program/request.ts'
import { addSources } from './program/sources.ts'
import { addStatus } from './program/status.ts'
import { addTamper } from './program/tamper.ts'
import { addUnpack } from './program/unpack.ts'
import { addVerify } from './program/verify.ts'
import { addVerifyPack } from './program/verify-pack.ts'
import { runProgram } from './run-program.ts'

await runProgram((messlatte, end) => {
  addCheck(messlatte, end)
  addCompareUnits(messlatte, end)
  addCompareReleases(messlatte, end)
  addTamper(messlatte, end)
  addIndex(messlatte, end)
  addUnpack(messlatte, end)
  addSources(messlatte, end)
  addProfile(messlatte, end)
  addExplain(messlatte, end)
  addInit(messlatte, end)
  addAssess(messlatte, end)
  addDecide(messlatte, end)
  addClaims(messlatte, end)
  addDocument(messlatte, end)
  addPlan(messlatte, end)
  addRequest(messlatte, end)
  addOscal(messlatte, end)
  addLetter(messlatte, end)
  addStatus(messlatte, end)
  addPack(messlatte, end)
  addVerifyPack(messlatte, end)
  addBundle(messlatte, end)
  addVerify(messlatte, end)
}, process.argv.slice(2))
