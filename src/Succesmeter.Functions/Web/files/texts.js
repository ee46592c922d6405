// Every word on the page, three times. Keys are the same in each language.
export const texts = {
  nl: {
    name: "Nederlands",
    language: "Taal",
    lead: "Per campagne: de kans dat ze haar doel haalt, en hoe breed ze gedragen wordt.",
    honesty: "De kans is een schatting en geen belofte. De meter zegt hoe breed een campagne gedragen wordt naast vergelijkbare campagnes, los van geld. Een gestreepte kans is in deze fase nog niet getoetst. Een streepje betekent dat het niet te zeggen is.",
    campaign: "Campagne", state: "Stand", pledged: "Opgehaald", people: "Mensen", probability: "Kans op het doel", meter: "Meter", seen: "Gezien op",
    state_live: "loopt", state_succeeded: "geslaagd", state_failed: "niet gehaald", state_cancelled: "stopgezet",
    ofGoal: "{pledged} van {goal}", awaitsFacts: "doel of start nog onbekend", abstains: "nog niet getoetst",
    one: "1 campagne", count: "{n} campagnes", more: "Meer campagnes", empty: "Er zijn nog geen campagnes. Leg een bestand in de container ‘incoming’ of stuur een momentopname.",
    down: "De server antwoordt niet. We proberen het zo opnieuw; wat hier staat kan verouderd zijn.",
  },
  fr: {
    name: "Français",
    language: "Langue",
    lead: "Par campagne : la chance d’atteindre son objectif, et combien de monde la porte.",
    honesty: "La chance est une estimation, pas une promesse. Le mètre dit combien de monde porte une campagne à côté de campagnes comparables, sans regarder l’argent. Une chance hachurée n’est pas encore vérifiée à ce stade. Un tiret veut dire qu’on ne peut pas le dire.",
    campaign: "Campagne", state: "État", pledged: "Récolté", people: "Personnes", probability: "Chance d’y arriver", meter: "Mètre", seen: "Vu le",
    state_live: "en cours", state_succeeded: "réussie", state_failed: "non atteinte", state_cancelled: "arrêtée",
    ofGoal: "{pledged} sur {goal}", awaitsFacts: "objectif ou début encore inconnu", abstains: "pas encore vérifié",
    one: "1 campagne", count: "{n} campagnes", more: "Plus de campagnes", empty: "Il n’y a pas encore de campagnes. Déposez un fichier dans le conteneur « incoming » ou envoyez un instantané.",
    down: "Le serveur ne répond pas. Nouvel essai sous peu ; ce qui est affiché peut être dépassé.",
  },
  en: {
    name: "English",
    language: "Language",
    lead: "For each campaign: the chance that it reaches its goal, and how widely it is carried.",
    honesty: "The chance is an estimate, not a promise. The meter says how widely a campaign is carried beside comparable ones, apart from money. A hatched chance has not been tested at this stage yet. A dash means that it cannot be told.",
    campaign: "Campaign", state: "State", pledged: "Raised", people: "People", probability: "Chance of the goal", meter: "Meter", seen: "Seen at",
    state_live: "live", state_succeeded: "succeeded", state_failed: "not reached", state_cancelled: "cancelled",
    ofGoal: "{pledged} of {goal}", awaitsFacts: "goal or launch not known yet", abstains: "not yet tested",
    one: "1 campaign", count: "{n} campaigns", more: "More campaigns", empty: "There are no campaigns yet. Drop a file in the container ‘incoming’ or push a snapshot.",
    down: "The server does not answer. Trying again shortly; what is shown may be stale.",
  },
};

export function languageOf(chosen, preferred) {
  if (chosen && chosen in texts) return chosen;
  for (const tag of preferred) {
    const code = tag.slice(0, 2).toLowerCase();
    if (code in texts) return code;
  }
  return "en";
}
