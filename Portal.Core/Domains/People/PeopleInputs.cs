using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

public sealed class SignIn
{
    [Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = "That is not an e-mail address."), MaxLength(256)]
    public string Email { get; set; } = "";

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

    [Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = "That is not an e-mail address."), MaxLength(256)]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Choose a password."), StringLength(200, MinimumLength = 12, ErrorMessage = "Use at least 12 characters."), HardToGuess]
    public string Password { get; set; } = "";
}
