// Whose key this is and what it opens, as /api/me says.
const nobody = { known: false, rights: [], scope: null, expiresAt: null, publicScores: false };

export async function meWith(api) {
  const said = await api("/api/me");
  const me = { ...nobody, ...said, known: said.scope !== null };
  const covers = (scope, on) => scope !== null && (scope.all === true || scope.campaign === on || scope.platform === on.split("/")[0]);
  const hears = me.scope !== null && me.rights.includes("subscribe") && (me.publicScores || me.rights.includes("read"));
  return {
    ...me,
    /** @param on "platform/campaign", or "platform" for all of it. */
    mayRead: on => me.publicScores || (me.rights.includes("read") && covers(me.scope, on)),
    mayAct: on => me.rights.includes("act") && covers(me.scope, on),
    /** Events tell what scores say: who hears of them must be able to read, too. */
    mayHear: on => hears && covers(me.scope, on),
    hears,
    /** A coach looks after all of a platform; a holder after one campaign. */
    isCoach: me.rights.includes("act") && me.scope !== null && !me.scope.campaign,
  };
}

export const stranger = { ...nobody, mayRead: () => false, mayAct: () => false, mayHear: () => false, hears: false, isCoach: false };
