/** What no answer may hold of the inside: a stack, a statement of a database, a path of a machine. */
export const INSIDE = /\n\s+at \S+ \(|node_modules|SQLITE_|\bSELECT .* FROM\b|file:\/\/|\/(root|home|tmp|app\/src)\//;
