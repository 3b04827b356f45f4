"""The words that take positions, by what they do to what stands under them.

Lemmas as the parser gives them; particles are joined by an underscore ("rule_out"). A word that stands in
several classes in different senses is listed where news use it most.
"""

REJECT = frozenset(
    """
    reject oppose refuse decline dismiss rule_out exclude preclude veto block condemn criticise criticize denounce
    resist ban forbid prohibit prevent avoid stop halt balk baulk rebuff spurn object warn caution threaten fear
    withhold hesitate refusal rejection opposition opposed objection unwilling reluctant reluctance against
    unacceptable inadmissible impossible unthinkable intolerable dangerous danger risk risky mistake escalate
    escalation provoke provocation provocative red_line madness insane insanity nonsense absurd irresponsible
    reckless wrong harmful counterproductive unwise unnecessary suicide folly catastrophe catastrophic disaster
    disastrous inevitable inevitability inevitably warpath hostile aggression undermine jeopardise jeopardize
    deter deplore lament decry fume rail bristle blast slam attack scotch quash nix shelve scrap abandon drop
    bury torpedo thwart obstruct hinder delay postpone stall shun disavow distance back_off back_away shy
    abstain disagree disapprove discourage dissuade frown recoil refrain renounce repudiate rescind oppose_to
    shoot_down turn_down keep_away keep_out stay_out stay_away swear_off
    vote_down slap_down throw_out cold_shoulder veto push_back hold_back hold_off pour rule fend_off
    wave_away brush_off play_down
    taboo anathema off_limits no excuse crossing inadmissibility illegal illegitimate unlawful retaliate
    retaliation retaliatory destroy legitimate_target target fair_game unreasonable deny denial resistance
    concern concerned worried worry wary sceptical skeptical scepticism skepticism dismissive boycott
    reservation backlash stand_against protest outrage
    """.split()
)

BACK = frozenset(
    """
    support back endorse welcome favour favor approve agree advocate urge call demand request ask seek want wish
    push press lobby promise pledge vow commit announce decide intend prepare ready willing applaud cheer hail
    praise propose recommend encourage authorise authorize allow permit green_light greenlight need necessary
    deserve confirm prepared readiness willingness commitment support backing approval endorsement
    plea appeal urge embrace champion champion_of defend insist glad grateful pleased delighted eager keen
    determined resolve resolved sign_off give_go_ahead go_ahead green_light back_up stand_behind plead lean_towards
    argue_for vote_for favourable favorable advantageous welcome_step right correct inevitable_step
    contribute participate enable facilitate speed accelerate hasten step_up ramp_up proponent supporter
    backer advocate vital essential crucial imperative urgent urgently help helpful benefit useful
    good breakthrough historic important_step deliver supply provide send ship donate transfer lift grant
    hope aspire aspiration aim goal target_date plan intention pursue move_ahead press_ahead forge_ahead
    irreversible
    """.split()
)

OPEN = frozenset(
    """
    consider discuss debate weigh mull study examine explore ponder contemplate possible possibility possibly option
    openness open ambiguous ambiguity depend premature early later eventually tempt toy float entertain
    think look_at review question undecided noncommittal coy speculate conceivable imaginable thinkable
    exploratory evaluate assess deliberate talk negotiate unanswered unclear case_by_case keep_open leave_open
    table hypothetical scenario conditional condition flexible flexibility willing_to_discuss someday
    potential potentially
    """.split()
)

# Verbs and nouns of speech and thought pass a stance on unchanged.
NEUTRAL = frozenset(
    """
    say tell add note state stress emphasise emphasize underline reiterate repeat write declare explain argue claim
    believe think maintain assert affirm remark point observe comment report acknowledge admit concede assure
    answer reply respond according statement words suggest suggestion signal indicate clarify underscore speak
    mention recall describe call_it stance position view opinion idea make clear let
    """.split()
)

# Outcomes that make a prediction a warning.
HARM = frozenset(
    """
    war conflict clash escalation catastrophe disaster danger threat confrontation collision retaliation nuclear
    world_war destruction death deaths tragedy consequence consequences harm cost casualty casualties blood
    mistake involvement co-belligerent belligerent party target
    """.split()
)

NEGATORS = frozenset(
    {
        "not",
        "n't",
        "n’t",
        "never",
        "no",
        "neither",
        "nor",
        "none",
        "nothing",
        "nobody",
        "without",
        "hardly",
        "cannot",
        "scarcely",
        "rarely",
        "nowhere",
    }
)
POSSIBLE = frozenset({"could", "may", "might", "can"})
SHOULD = frozenset({"should", "must", "ought", "shall", "need", "have"})
CONDITIONS = frozenset({"if", "unless", "provided", "providing", "until", "once", "whether", "only"})
PARTICLES = frozenset({"out", "off", "back", "down", "away", "up", "ahead", "against", "behind", "at", "for"})
ANAPHORS = frozenset(
    "it this that such so idea proposal suggestion plan move step notion initiative possibility option decision "
    "question issue matter subject mission deployment one them these those remark remarks comment "
    "comments call calls "
    "request demand talk prospect scenario measure".split()
)
