using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

/// <summary>What is asked twice is asked by the same rule.</summary>
public sealed class InputRulesTests
{
    [Fact]
    public void A_chosen_password_has_twelve_characters_wherever_it_is_chosen()
    {
        const string Eleven = "brisk otter"; // not one of those that are refused for being easy
        foreach (var (input, field) in new (object, string)[]
                 {
                     (new NewAdmin { Password = Eleven }, "password"), (new Register { Password = Eleven }, "password"), (new ResetPassword { Password = Eleven }, "password"),
                     (new AcceptInvitation { Password = Eleven }, "password"), (new ChangePassword { NewPassword = Eleven }, "new_password"),
                 })
        {
            Assert.Equal(["Use at least 12 characters."], Input.Errors(input)[field]);
        }

        Assert.DoesNotContain("password", Input.Errors(new Register { Password = Eleven + "2" }).Keys);
    }

    [Fact]
    public void An_address_is_taken_without_the_blanks_around_it_and_not_with_blanks_in_it()
    {
        foreach (var typed in new[] { "a b@example.com", "nobody", "a@b@c" })
        {
            foreach (var input in new object[]
                     {
                         new SignIn { Email = typed }, new NewAdmin { Email = typed }, new AskForCode { Email = typed }, new EnterCode { Email = typed }, new ResetPassword { Email = typed },
                         new Register { Email = typed }, new ChangeEmail { Email = typed }, new InviteMember { Email = typed }, new InviteStaff { Email = typed },
                     })
            {
                Assert.Equal(["That is not an e-mail address."], Input.Errors(input)["email"]);
            }
        }

        var pasted = new SignIn { Email = " owner@acme.local\t", Password = "x" };
        Assert.Empty(Input.Errors(pasted));
        Assert.Equal("owner@acme.local", pasted.Email);
    }
}
