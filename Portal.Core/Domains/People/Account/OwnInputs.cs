using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.People;

/// <summary>What a person says of themselves.</summary>
public sealed class ChangeOwnProfile
{
    private string mobile = "";

    [Required(ErrorMessage = "Enter your name."), MaxLength(200)]
    public string FullName { get; set; } = "";

    /// <summary>E.164; spaces, hyphens and brackets do not count.</summary>
    [RegularExpression(@"^(\+[1-9][0-9]{6,14})?$", ErrorMessage = "Write the number with its country code, like +263771234567.")]
    public string Mobile { get => mobile; set => mobile = Digits(value); }

    [Required(ErrorMessage = "Choose a time zone."), MaxLength(64)]
    public string Zone { get; set; } = "UTC";

    /// <summary>Empty: as the browser asks.</summary>
    [MaxLength(20)]
    public string Culture { get; set; } = "";

    public Theme Theme { get; set; }

    public bool WhatsAppNotifications { get; set; }

    internal static string Digits(string? value) => new([.. (value ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '(' or ')' or '.'))]);
}

/// <summary>The same, as far as it is said: what is missing stays as it is.</summary>
public sealed class PatchOwnProfile
{
    public string? FullName { get; set; }

    public string? Mobile { get; set; }

    public string? Zone { get; set; }

    public string? Culture { get; set; }

    public Theme? Theme { get; set; }

    public bool? WhatsAppNotifications { get; set; }
}

public sealed class ChangeEmail
{
    [Required(ErrorMessage = "Enter the new address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [MaxLength(200)]
    public string Password { get; set => field = value ?? ""; } = "";
}

public sealed class ConfirmEmail
{
    [Required(ErrorMessage = "Enter the six digits from the mail."), MaxLength(20)]
    public string Code { get; set; } = "";
}

public sealed class ChangePassword
{
    [MaxLength(200)]
    public string CurrentPassword { get; set => field = value ?? ""; } = "";

    [Required(ErrorMessage = "Choose a new password."), NewPassword, HardToGuess]
    public string NewPassword { get; set; } = "";
}

public sealed class AddNumber
{
    private string number = "";

    public PhoneChannel Channel { get; set; }

    /// <summary>E.164; spaces, hyphens and brackets do not count.</summary>
    [Required(ErrorMessage = "Enter the number."), RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Write the number with its country code, like +263771234567.")]
    public string Number { get => number; set => number = ChangeOwnProfile.Digits(value); }
}

public sealed class ConfirmNumber
{
    [JsonIgnore]
    public PhoneChannel Channel { get; set; }

    [Required(ErrorMessage = "Enter the six digits from the message."), MaxLength(20)]
    public string Code { get; set; } = "";
}

/// <summary>Asked for where a new way in begins: a session that someone left open is not enough.</summary>
public sealed class ShowPassword
{
    [MaxLength(200)]
    public string Password { get; set => field = value ?? ""; } = "";
}

public sealed class TurnOnSecondFactor
{
    [Required(ErrorMessage = "Enter the six digits that the app shows."), MaxLength(20)]
    public string Code { get; set; } = "";
}

/// <summary>Shows that it is themselves: a code of their authenticator app, or their password.</summary>
public sealed class ShowYourself
{
    [Required(ErrorMessage = "Enter a code of your app, or your password."), MaxLength(200)]
    public string Proof { get; set; } = "";
}

public sealed class CloseOwnAccount
{
    [Required(ErrorMessage = "Type your e-mail address."), MaxLength(256)]
    public string Email { get; set; } = "";

    [MaxLength(200)]
    public string Password { get; set => field = value ?? ""; } = "";
}
