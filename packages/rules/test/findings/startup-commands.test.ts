import { expect, test } from "vitest";
import { startupCommand } from "../../src/findings/startup-commands.ts";

const fixedTimes = "what is run at fixed times";
const logIn = "what is started at log-in";
const later = "what is run later";
const everything = "who may do everything";
const git = "what runs when git is used";
const services = "what a service manager starts";

test.each([
  ["crontab -", fixedTimes],
  ["crontab", fixedTimes],
  ["crontab -u root f", fixedTimes],
  ["/usr/bin/crontab f", fixedTimes],
  ["sudo crontab -", fixedTimes],
  ["sh -c crontab<f", fixedTimes],
  ["sh -c echo x | crontab", fixedTimes],
  ["sh -c (crontab -l; echo x) | crontab -", fixedTimes],
  ["sh -e -c crontab f", fixedTimes],
  ["bash -l -c crontab f", fixedTimes],
  ["bash -o pipefail -c crontab f", fixedTimes],
  ["sudo sh -c 'crontab f'", fixedTimes],
  ["sh -c if true; then crontab f; fi", fixedTimes],
  ["… -c crontab f", fixedTimes],
  ["cmd /c schtasks /create x", fixedTimes],
  ["cmd.exe /d /C schtasks.exe /Create x", fixedTimes],
  ["powershell -NoProfile -ExecutionPolicy Bypass -Command schtasks /create x", fixedTimes],
  ["tee -a /home/u/.bashrc", "a start-up file of a shell"],
  ["sudo tee /etc/profile.d/a.sh", "a start-up file of a shell"],
  ["tee notes.txt", undefined],
  ["crontab -l", undefined],
  ["crontab …", undefined],
  ["sh -c crontab -l | grep x", undefined],
  ["which crontab", undefined],
  ["git commit -m a; crontab f", undefined],
  ["docker exec c sh -c crontab f", undefined],
  ["schtasks /query", undefined],
  ["cmd /c reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v a", logIn],
  ["reg add HKCU\\Software\\Example", undefined],
  ["at -m now", later],
  ["at -f x noon", later],
  ["atq", undefined],
  ["chmod a+s x", everything],
  ["chmod -R u+s x", everything],
  ["chmod ug+s x", everything],
  ["chmod u=rwxs x", everything],
  ["chmod 04755 x", everything],
  ["chmod g+s folder", undefined],
  ["chmod a+x x", undefined],
  ["chmod 0755 x", undefined],
  ["chmod 1777 folder", undefined],
  ["git config --global core.hooksPath x", git],
  ["git -C a config --global core.hooksPath x", git],
  ["git -c a=b config --global --add core.sshCommand x", git],
  ["git config --global alias.st !x", git],
  ["git config --system credential.helper !x", git],
  ["git config --global credential.https://example.test.helper /tmp/x", git],
  ["git config --global credential.helper …", git],
  ["git config --global alias.st status", undefined],
  ["git config --global credential.helper store", undefined],
  ["git config --global --get core.hooksPath", undefined],
  ["git config --global core.hooksPath", undefined],
  ["git config alias.st !x", undefined],
  ["sudo systemctl enable x", services],
  ["systemctl status x", undefined],
  ["go env -w GOSUMDB=off", "which modules Go trusts"],
  ['sh -c echo x >> "$HOME/.bashrc"', "a start-up file of a shell"],
  ["sh -c echo x | tee -a ~/.zshrc", "a start-up file of a shell"],
  ["echo x >> ~/.bashrc", undefined],
  ["sh -c cat < ~/.bashrc", undefined],
])("%s", (line, what) => {
  expect(startupCommand(line)?.what).toBe(what);
});
