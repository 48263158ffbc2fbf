namespace Portal.Core.Domains.Integrations;

/// <summary>What happened to a configuration. Of what opens something it names the field, never the content.</summary>
public abstract record ApiConfigEvent(long ConfigId, Provider Provider, string Name) : DomainEvent
{
    public override Subject About => new("api_config", ConfigId);
}

/// <param name="Changes">What was set, a line for each field.</param>
public sealed record ApiConfigCreated(long ConfigId, Provider Provider, string Name, string Changes) : ApiConfigEvent(ConfigId, Provider, Name);

/// <param name="Changes">What is different, a line for each field.</param>
public sealed record ApiConfigChanged(long ConfigId, Provider Provider, string Name, string Changes) : ApiConfigEvent(ConfigId, Provider, Name);

public sealed record ApiConfigActivated(long ConfigId, Provider Provider, string Name, bool IsSandbox) : ApiConfigEvent(ConfigId, Provider, Name);

/// <summary>By itself, or because another took its place.</summary>
public sealed record ApiConfigDeactivated(long ConfigId, Provider Provider, string Name, bool IsSandbox) : ApiConfigEvent(ConfigId, Provider, Name);

public sealed record ApiConfigDeleted(long ConfigId, Provider Provider, string Name) : ApiConfigEvent(ConfigId, Provider, Name);

/// <summary>An admin tried it.</summary>
public sealed record ApiConfigTested(long ConfigId, Provider Provider, string Name, bool Worked) : ApiConfigEvent(ConfigId, Provider, Name);

/// <summary>An active one is not taken by its provider any more.</summary>
public sealed record ApiConfigBroke(long ConfigId, Provider Provider, string Name, string Words) : ApiConfigEvent(ConfigId, Provider, Name);

/// <summary>An active one stops working soon.</summary>
public sealed record ApiConfigExpiring(long ConfigId, Provider Provider, string Name, DateTime EndsAt) : ApiConfigEvent(ConfigId, Provider, Name);

/// <summary>An active one works again.</summary>
public sealed record ApiConfigRecovered(long ConfigId, Provider Provider, string Name) : ApiConfigEvent(ConfigId, Provider, Name);

/// <summary>What is sealed from now on is sealed with a new key; what was sealed before is sealed anew.</summary>
public sealed record EncryptionKeyRenewed(long AgencyId, int Generation) : DomainEvent
{
    public override Subject About => new("agency", AgencyId);
}
