using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class PasswordRuleTests
{
    public static TheoryData<Type, string> NewPasswords => [.. from type in typeof(Register).Assembly.GetTypes()
                                                              from property in type.GetProperties()
                                                              where property.GetCustomAttribute<StringLengthAttribute>() is { MinimumLength: >= 8 } && property.Name.Contains("Password", StringComparison.Ordinal)
                                                              select new TheoryDataRow<Type, string>(type, property.Name)];

    [Theory]
    [MemberData(nameof(NewPasswords))]
    public void Wherever_a_password_is_chosen_one_that_is_easy_to_guess_is_refused(Type input, string property)
    {
        var made = Activator.CreateInstance(input)!;
        foreach (var easy in new[] { "Password1234", "portal-admin-2026", "Welcome!Welcome!", "qwertyuiop123", "123456789012", "aaaaaaaaaaaa", "aaaabbbbccccdddd", "abababababab" })
        {
            input.GetProperty(property)!.SetValue(made, easy);
            Assert.Contains("guess", Assert.Single(Input.Errors(made)[Input.Name(property)]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("my client's portal is yellow")]
    [InlineData("8402957716253904")]
    [InlineData("нейзвестный пароль")]
    [InlineData("ääöüßéèçñø!!")]
    public void Any_other_is_good_whatever_it_is_made_of(string password) =>
        Assert.False(Input.Errors(new ResetPassword { Email = "a@b.c", Code = "123456", Password = password }).ContainsKey("password"));

    [Fact]
    public void There_are_five_places_where_a_password_is_chosen() => Assert.Equal(5, NewPasswords.Count);
}
