namespace Portal.Core.Foundation;

/// <summary>
/// A verb, and who may do it: the role × permission matrix of the portal. Which rows it reaches is the fence's business.
/// </summary>
public sealed class Can
{
    /// <summary>Everything the portal does by itself: jobs, relays, set-up, sign-in.</summary>
    public static readonly Can KeepHouse = Nobody("keep_house");

    /// <summary>One's own account: for anyone who is signed in, whatever they reach.</summary>
    public static readonly Can SeeSelf = new("see_self", admins: true, agents: true, from: AccessLevel.Viewer) { isForAnyone = true };
    public static readonly Can SeeHome = new("see_home", admins: true, agents: true, from: AccessLevel.Viewer);
    public static readonly Can SeeAudit = Admins("see_audit");
    public static readonly Can SeeDeliveries = Admins("see_deliveries");
    public static readonly Can SendAgain = Admins("send_again");
    public static readonly Can ManageDeliveries = Admins("manage_deliveries");
    public static readonly Can SeeJobs = Admins("see_jobs");
    public static readonly Can ManageJobs = Admins("manage_jobs");

    /// <summary>Clients as the agency sees them: all of them for an admin, their own for an agent.</summary>
    public static readonly Can SeeClients = new("see_clients", admins: true, agents: true, from: null);
    public static readonly Can ManageClients = Admins("manage_clients");
    public static readonly Can SeeStaff = Admins("see_staff");
    public static readonly Can ManageStaff = Admins("manage_staff");
    public static readonly Can ManageAgency = Admins("manage_agency");
    public static readonly Can ViewAsClient = Admins("view_as_client");

    /// <summary>With whose credentials the portal does what it does: e-mail, messages, payments, domains.</summary>
    public static readonly Can ManageIntegrations = Admins("manage_integrations");

    /// <summary>Messages that somebody had sent to given addresses: of all clients, of an agent's own, or of one's own organisation.</summary>
    public static readonly Can SeeMessages = new("see_messages", admins: true, agents: true, from: AccessLevel.Viewer);
    public static readonly Can SendMessages = new("send_messages", admins: true, agents: true, from: AccessLevel.Manager);

    /// <summary>An agent's own work: their clients and their figures.</summary>
    public static readonly Can SeeOwnWork = new("see_own_work", admins: false, agents: true, from: null);

    /// <summary>An organisation's own profile and people.</summary>
    public static readonly Can SeeOrganisation = new("see_organisation", admins: true, agents: true, from: AccessLevel.Viewer);
    public static readonly Can ManageOrganisation = new("manage_organisation", admins: true, agents: false, from: AccessLevel.Manager);
    public static readonly Can ManageMembers = new("manage_members", admins: true, agents: false, from: AccessLevel.Owner);
    public static readonly Can CloseOrganisation = new("close_organisation", admins: true, agents: false, from: AccessLevel.Owner);

    private readonly bool admins;
    private readonly bool agents;
    private readonly AccessLevel? from;
    private bool isForAnyone;

    private Can(string name, bool admins, bool agents, AccessLevel? from) =>
        (Name, this.admins, this.agents, this.from) = (name, admins, agents, from);

    public string Name { get; }

    public bool Allows(Actor actor) => actor.IsSystem || actor.Role switch
    {
        Role.Admin => admins,
        Role.Agent => agents,
        Role.Client => isForAnyone || from is { } least && actor.Grants.Any(g => Reaches(g.Level, least)),
        _ => false,
    };

    /// <summary>Whether an access of this level carries the verb for its client.</summary>
    public bool Allows(AccessLevel level) => level is AccessLevel.Worker ? agents : from is { } least && Reaches(level, least);

    public override string ToString() => Name;

    private static bool Reaches(AccessLevel level, AccessLevel least) => level is not AccessLevel.Worker && level >= least;

    private static Can Admins(string name) => new(name, admins: true, agents: false, from: null);

    private static Can Nobody(string name) => new(name, admins: false, agents: false, from: null);
}
