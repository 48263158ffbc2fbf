using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Foundation;

/// <summary>A person who signs in. Which clients they reach is said by their Access rows.</summary>
public sealed class PortalUser : IdentityUser<long>
{
    public const int StandardCapacity = 10;

    private string fullName = "";

    public required string FullName
    {
        get => fullName;
        set => (fullName, SearchName) = (value, Search.Normal(value));
    }

    /// <summary>The name as it is searched: by prefix, without case or accents.</summary>
    public string SearchName { get; private set; } = "";

    public required Role Role { get; set; }

    /// <summary>An agent's service; nobody else has one.</summary>
    public Service? Department { get; set; }

    /// <summary>What an agent is best at, in their own words.</summary>
    public string Specialisation { get; set; } = "";

    /// <summary>How many clients an agent can look after.</summary>
    public int Capacity { get; set; } = StandardCapacity;

    public string ZoneId { get; set; } = "UTC";

    /// <summary>How numbers and dates are written for them; their browser says when it is empty.</summary>
    public string Culture { get; set; } = "";

    public Theme Theme { get; set; } = Theme.System;

    public long? PhotoId { get; set; }

    /// <summary>Whether they want to hear by WhatsApp.</summary>
    public bool WhatsAppNotifications { get; set; }

    public bool IsActive { get; set; } = true;

    public required DateTime CreatedAt { get; init; }

    public DateTime? LastSignInAt { get; set; }

    /// <summary>The terms they accepted, and when.</summary>
    public int? TermsVersion { get; set; }

    public DateTime? TermsAcceptedAt { get; set; }

    /// <summary>The secret of their authenticator app, sealed. Good from the moment TwoFactorEnabled is set.</summary>
    public string? AuthenticatorSecret { get; set; }

    /// <summary>The last time step whose code was taken: a code works once.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>When a closed account is erased for good.</summary>
    public DateTime? ErasesAt { get; set; }

    /// <summary>Nothing is left of the person but that there was one: what they did keeps its row to point at.</summary>
    public void Erase()
    {
        FullName = "Erased person";
        Email = UserName = $"erased-{Id}@erased.invalid";
        NormalizedEmail = NormalizedUserName = Email.ToUpperInvariant();
        (PhoneNumber, PhotoId, PasswordHash, AuthenticatorSecret) = (null, null, null, null);
        (TwoFactorEnabled, EmailConfirmed, IsActive, WhatsAppNotifications) = (false, false, false, false);
        (Specialisation, Culture, ZoneId, ErasesAt) = ("", "", "UTC", null);
        SecurityStamp = Guid.NewGuid().ToString("N");
    }
}

public enum Theme
{
    System,
    Light,
    Dark,
}
