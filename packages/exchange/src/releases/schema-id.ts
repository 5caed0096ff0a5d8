/** `$id` of `schema/releases-1.schema.json`; the number rises with every change that could break a reader. */
export const RELEASES_SCHEMA_ID = 'urn:messlatte:releases:1'
