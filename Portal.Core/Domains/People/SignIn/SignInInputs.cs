using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>Someone at the door: through which one, from where, and for how long.</summary>
public sealed record Arrival(SessionKind Kind, string Address, string Device, bool Remember = false)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly TimeSpan Working = TimeSpan.FromHours(12);

    public TimeSpan Length => Kind is SessionKind.Api ? Session.Longest : Remember ? Remembered : Working;
}

/// <summary>Who wants a code in their mailbox.</summary>
public sealed class AskForCode
{
    [Required(ErrorMessage = "Enter your e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";
}

/// <summary>Six figures from a mail.</summary>
public sealed class EnterCode
{
    [Required(ErrorMessage = "Enter your e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [Required(ErrorMessage = "Enter the code."), MaxLength(20)]
    public string Code { get; set; } = "";

    public bool Remember { get; set; }
}

/// <summary>The second step: a code of the authenticator app, or one of the recovery codes.</summary>
public sealed class EnterSecondFactor
{
    [Required(ErrorMessage = "Sign in again."), MaxLength(200)]
    public string MfaToken { get; set; } = "";

    [Required(ErrorMessage = "Enter the code."), MaxLength(40)]
    public string Code { get; set; } = "";
}

public sealed class ResetPassword
{
    [Required(ErrorMessage = "Enter your e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [Required(ErrorMessage = "Enter the code."), MaxLength(20)]
    public string Code { get; set; } = "";

    [Required(ErrorMessage = "Choose a password."), NewPassword, HardToGuess]
    public string Password { get; set; } = "";
}

/// <summary>Someone who wants their organisation to become a client.</summary>
public sealed class Register
{
    [Required(ErrorMessage = "Enter your name."), MaxLength(200)]
    public string FullName { get; set; } = "";

    [Required(ErrorMessage = "Enter the name of your company."), MaxLength(200)]
    public string Company { get; set; } = "";

    [Required(ErrorMessage = "Enter your e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [RegularExpression(@"\+?[0-9 ()./-]{6,24}", ErrorMessage = "That is not a phone number.")]
    public string? MobileNumber { get; set; }

    [Required(ErrorMessage = "Choose a password."), NewPassword, HardToGuess]
    public string Password { get; set; } = "";

    [Range(typeof(bool), "true", "true", ErrorMessage = "Please accept the terms.")]
    public bool AcceptTerms { get; set; }
}
