/** Of what `messlatte plan --json` writes. */
export const PLAN_SCHEMA_ID = 'urn:messlatte:plan:1'
