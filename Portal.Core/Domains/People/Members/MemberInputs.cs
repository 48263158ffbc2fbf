using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.People;

/// <summary>Someone whom a client wants in its team.</summary>
public sealed class InviteMember
{
    /// <summary>Whose team; a client's own people need not say.</summary>
    [JsonIgnore]
    public long? ClientId { get; set; }

    [Required(ErrorMessage = "Enter their name."), MaxLength(200)]
    public string FullName { get; set; } = "";

    [Required(ErrorMessage = "Enter their e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [Required(ErrorMessage = "Choose a level."), DeniedValues(AccessLevel.Worker, ErrorMessage = "Choose owner, manager or viewer.")]
    public AccessLevel? Level { get; set; } = AccessLevel.Viewer;
}

public sealed class ChangeLevel
{
    [JsonIgnore]
    public long? ClientId { get; set; }

    [JsonIgnore]
    public long UserId { get; set; }

    [Required(ErrorMessage = "Choose a level."), DeniedValues(AccessLevel.Worker, ErrorMessage = "Choose owner, manager or viewer.")]
    public AccessLevel? Level { get; set; }
}

/// <summary>Someone whom the agency wants: an agent, who has a department, or one more administrator.</summary>
public sealed class InviteStaff
{
    [Required(ErrorMessage = "Enter their name."), MaxLength(200)]
    public string FullName { get; set; } = "";

    [Required(ErrorMessage = "Enter their e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [DeniedValues(Role.Client, ErrorMessage = "Choose agent or administrator.")]
    public Role Role { get; set; } = Role.Agent;

    [DeniedValues(Service.Courses, ErrorMessage = "Agents work in marketing or website.")]
    public Service? Department { get; set; }

    [MaxLength(200)]
    public string Specialisation { get; set => field = value?.Trim() ?? ""; } = "";

    [Required(ErrorMessage = "Enter how many clients they can look after."), Range(1, 1000)]
    public int? Capacity { get; set; } = PortalUser.StandardCapacity;
}

/// <summary>What someone fills in who was invited.</summary>
public sealed class AcceptInvitation
{
    [Required(ErrorMessage = "Enter your name."), MaxLength(200)]
    public string FullName { get; set; } = "";

    [Required(ErrorMessage = "Choose a password."), NewPassword, HardToGuess]
    public string Password { get; set; } = "";

    [AllowedValues(true, ErrorMessage = "Please read and accept the terms.")]
    public bool AcceptTerms { get; set; }
}
