/** The command that a process is started with to audit a group; people do not see it. */
export const GROUP_COMMAND = 'audit-group';
