namespace Portal.Core.Domains.Integrations;

/// <summary>How configurations stand: written down when it changes, and the admins hear of each change once.</summary>
internal static class ApiConfigHealth
{
    private const int LongestWords = 300;

    /// <summary>Of what is not used nobody is told: whoever tries it sees it.</summary>
    /// <param name="db">Saves it with the event.</param>
    /// <param name="config">In it.</param>
    /// <param name="answer">Null where nobody could be asked: the calendar still tells.</param>
    /// <param name="now">When.</param>
    public static void Found(PortalDb db, ApiConfiguration config, ProbeAnswer? answer, DateTime now)
    {
        var before = config.Status;
        if (config.Found(answer?.Works, answer?.Words, answer?.ExpiresAt, now))
            Tell(db, config, before);
    }

    /// <summary>Of a day that was entered nobody has to wait to hear.</summary>
    public static void LookIntoCalendar(PortalDb db, ApiConfiguration config, DateTime now)
    {
        var before = config.Status;
        if (config.LookIntoCalendar(now) && config.Status is not ApiConfigStatus.Untested)
            Tell(db, config, before);
    }

    // It may be new, and without an id until it is saved.
    private static void Tell(PortalDb db, ApiConfiguration config, ApiConfigStatus before)
    {
        if (!config.IsActive)
            return;
        Func<DomainEvent>? happened = config.Status switch
        {
            ApiConfigStatus.Broken => () => new ApiConfigBroke(config.Id, config.Provider, config.Name, config.StatusWords ?? ""),
            ApiConfigStatus.Expiring => () => new ApiConfigExpiring(config.Id, config.Provider, config.Name, config.ExpiresAt!.Value),
            _ => before is ApiConfigStatus.Untested ? null : () => new ApiConfigRecovered(config.Id, config.Provider, config.Name),
        };
        if (happened is not null && config.Id == 0)
            db.Record(happened);
        else if (happened is not null)
            db.Record(happened());
    }

    /// <summary>What a provider says may repeat what it was sent.</summary>
    public static string Words(string said, ProviderAccount account)
    {
        foreach (var secret in account.Secrets.Where(s => s.Length >= 4))
            said = said.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        var words = string.Concat(said.ReplaceLineEndings(" ").Where(c => !char.IsControl(c)));
        return words.Length > LongestWords ? words[..LongestWords] : words;
    }
}
