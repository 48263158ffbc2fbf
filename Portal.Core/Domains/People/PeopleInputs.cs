using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

public sealed class SignIn
{
    [Required(ErrorMessage = "Enter your e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [Required(ErrorMessage = "Enter your password."), MaxLength(200)]
    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}

public sealed class RefreshAccess
{
    [Required, MaxLength(200)]
    public string RefreshToken { get; set; } = "";
}

public sealed class NewAdmin
{
    [Required(ErrorMessage = "Enter your name."), MaxLength(200)]
    public string FullName { get; set; } = "";

    [Required(ErrorMessage = "Enter your e-mail address."), MailAddress, MaxLength(256)]
    public string Email { get; set => field = value?.Trim() ?? ""; } = "";

    [Required(ErrorMessage = "Choose a password."), NewPassword, HardToGuess]
    public string Password { get; set; } = "";
}
