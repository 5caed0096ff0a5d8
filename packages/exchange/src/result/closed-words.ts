// Words of a result that are closed sets: whoever reads one back takes no other.

export const LEVELS = ['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'EX'] as const
export const POLARITIES = ['against', 'for', 'neutral'] as const
export const GRADES = ['high', 'medium', 'low'] as const
