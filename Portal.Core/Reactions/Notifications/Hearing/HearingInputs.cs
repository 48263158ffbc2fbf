using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Reactions.Notifications;

/// <summary>How a person wants to hear of everything.</summary>
public sealed class ChangeHearing
{
    private const string Clock = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>Hours and minutes by the person's own clock; both empty for none.</summary>
    [RegularExpression(Clock, ErrorMessage = "Write the time as 22:00.")]
    public string? QuietFrom { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value.Trim(); }

    [RegularExpression(Clock, ErrorMessage = "Write the time as 07:00.")]
    public string? QuietTo { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value.Trim(); }

    public DigestEvery Digest { get; set; }

    /// <summary>Of the daily digest.</summary>
    [Range(0, 23)]
    public int DigestHour { get; set; } = HearingSettings.MorningHour;

    public bool EmailPaused { get; set; }

    /// <summary>Of what was edited.</summary>
    public long Version { get; set; }

    /// <summary>By type. A type or channel that is left out goes back to the agency's default; without any of this the choices stay as they are.</summary>
    public Dictionary<string, ChannelChoices>? Types { get; set; }
}

/// <summary>Null is the default.</summary>
public sealed class ChannelChoices
{
    /// <summary>A name that we do not know is a slip of the pen, and what it meant would silently go back to the default.</summary>
    internal static void CheckNames(Dictionary<string, ChannelChoices>? types, IReadOnlyList<NotificationType> offered)
    {
        if (types?.Keys.FirstOrDefault(name => offered.All(t => t.Key != name)) is { } unknown)
            throw new Invalid("types", $"There is no type of notification called {unknown}.");
    }

    public bool? InApp { get; set; }

    public bool? Email { get; set; }

    public bool? Sms { get; set; }

    public bool? Whatsapp { get; set; }

    internal bool? this[Channels channel] => channel switch
    {
        Channels.InApp => InApp,
        Channels.Email => Email,
        Channels.Sms => Sms,
        _ => Whatsapp,
    };
}

/// <summary>One channel of one type.</summary>
public sealed class ChooseChannel
{
    [Required, MaxLength(40)]
    public string Type { get; set; } = "";

    public Channels Channel { get; set; }

    /// <summary>Null is the default.</summary>
    public bool? On { get; set; }
}

/// <summary>What people hear of who have not chosen themselves. A type or channel that is left out is as the portal comes.</summary>
public sealed class ChangeHearingDefaults
{
    /// <summary>As it was read: someone else's change in between is a conflict.</summary>
    [Required, MaxLength(40)]
    public string Version { get; set; } = "";

    [Required]
    public Dictionary<string, ChannelChoices>? Types { get; set; }
}
