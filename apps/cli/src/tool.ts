/** This program, as results name it; the version is put in when it is bundled. */
export const TOOL = { name: 'messlatte', version: process.env.MESSLATTE_VERSION ?? '0.0.0' } as const
